import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'
import { ANSWERED_WITHIN_MS } from '#wechat/polling/received_message'
import type { NewMessage } from '#wechat/polling/store_updates'

/**
 * Takes a message to answer it, before anything is done about it: a command that was carried out is
 * never carried out again, whatever happens in between.
 *
 * @returns false when it was taken before
 */
export async function claimMessage(id: number, now: number): Promise<boolean> {
  const taken = await rowsOf(
    db.connection(),
    `update wechat_inbound_messages set handled_at = ?
     where id = ? and handled_at is null returning id`,
    [now, id]
  )
  return taken.length === 1
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
  const found = await rowsOf(
    db.connection(),
    `select id from wechat_inbound_messages
     where binding_id = ? and command is null and create_time_ms > ? and id <> ? limit 1`,
    [bindingId, since, exceptId]
  )
  return found.length > 0
}
