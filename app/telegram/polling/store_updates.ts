import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import type { Lease } from '#foundation/db/lease'
import { writeTransaction } from '#foundation/db/transaction'
import TelegramUpdate from '#models/telegram_update'
import type { ReceivedUpdate } from '#telegram/bot_api/updates'
import { notePolled } from '#telegram/polling/bot_row'

const TABLE: WrittenTable = {
  name: 'telegram_updates',
  columns: {
    bot_id: 'bigint',
    update_id: 'bigint',
    chat_id: 'bigint',
    content: 'text',
    received_at: 'bigint',
  },
}

/** Whose updates are stored, by the process that holds its lease. */
export interface PolledBot {
  id: number
  lease: Lease
}

/**
 * Stores what a poll has brought with the position behind it, all or nothing: Telegram forgets an
 * update once it is asked for a later one. One that was stored before is not stored again.
 *
 * @param from the position that was asked from
 * @param now epoch milliseconds
 * @returns the position to ask from next
 * @throws LeaseLostError when another process polls the bot now
 */
export function storeUpdates(
  { id: botId, lease }: PolledBot,
  updates: readonly ReceivedUpdate[],
  from: number,
  now: number
): Promise<number> {
  const next = Math.max(from, ...updates.map(({ id }) => id + 1))
  return writeTransaction(async (trx) => {
    await lease.hold(trx, now)
    await notePolled(trx, botId, next, now)
    await insertUpdates(trx, botId, updates, now)
    return next
  })
}

async function insertUpdates(
  trx: TransactionClientContract,
  botId: number,
  updates: readonly ReceivedUpdate[],
  now: number
) {
  const rows = updates.flatMap(({ id, chat, content }) =>
    content === null
      ? []
      : {
          bot_id: botId,
          update_id: id,
          chat_id: chat.id,
          received_at: now,
          content: JSON.stringify({ chat, content }),
        }
  )
  if (rows.length > 0) await insertRows(trx, TABLE, rows)
}

/** What is stored of an update until it is answered. */
export type StoredUpdate = Pick<ReceivedUpdate, 'chat'> & {
  content: NonNullable<ReceivedUpdate['content']>
}

/** The updates of a bot that are to be answered, the oldest first. */
export function unanswered(botId: number, afterId: number): Promise<TelegramUpdate[]> {
  return TelegramUpdate.query()
    .where('bot_id', botId)
    .where('id', '>', afterId)
    .whereNull('handled_at')
    .orderBy('id')
}

/**
 * Takes an update to answer it, before anything is done about it: a command that was carried out is
 * never carried out again, whatever happens in between. What was written is not kept.
 *
 * @returns false when it was taken before
 */
export async function claimUpdate({ id }: TelegramUpdate, now: number): Promise<boolean> {
  const [taken] = await TelegramUpdate.query()
    .where('id', id)
    .whereNull('handled_at')
    .update({ handledAt: now, content: '{}' })
  return Number(taken) === 1
}
