import db from '@adonisjs/lucid/services/db'
import { ANSWERED_WITHIN_MS } from '#wechat/polling/received_message'
import type { NewMessage } from '#wechat/polling/store_updates'

/**
 * Takes a message to answer it, before anything is done about it: a command that was carried out is
 * never carried out again, whatever happens in between.
 *
 * @returns false when it was taken before
 */
export async function claimMessage(id: number, now: number): Promise<boolean> {
  const taken = await db
    .from('wechat_inbound_messages')
    .where('id', id)
    .whereNull('handled_at')
    .update({ handled_at: now })
  return Number(taken) === 1
}

/**
 * Messages that were stored and not taken, the oldest first. Of what is no command only that it was
 * there is known.
 *
 * @param now epoch milliseconds
 */
export async function leftOver(bindingId: number, now: number): Promise<NewMessage[]> {
  const rows: { id: number | string; command: string | null }[] = await db
    .from('wechat_inbound_messages')
    .where('binding_id', bindingId)
    .whereNull('handled_at')
    .where('create_time_ms', '>', now - ANSWERED_WITHIN_MS)
    .orderBy('id')
    .select('id', 'command')
  return rows.map(({ id, command }) => ({ id: Number(id), text: command }))
}

/** Whether the user wrote something else than a command within the time (milliseconds) before. */
export async function hasChatted(
  bindingId: number,
  { exceptId, since }: { exceptId: number; since: number }
): Promise<boolean> {
  const row = await db
    .from('wechat_inbound_messages')
    .where('binding_id', bindingId)
    .whereNull('command')
    .where('create_time_ms', '>', since)
    .whereNot('id', exceptId)
    .select('id')
    .first()
  return row !== null
}
