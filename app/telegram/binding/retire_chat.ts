import { writeTransaction } from '#foundation/db/transaction'
import { because } from '#models/reasons'
import { tellBindingExpired } from '#chat/binding_expired'

/**
 * Ends a chat for which Telegram takes nothing any more, and tells its user on every other way out.
 * Once more has no effect.
 *
 * @param detail what Telegram said, for people
 * @param now epoch milliseconds
 */
export function retireChat(
  chat: { id: number } | { chat_id: number },
  detail: string,
  now: number
): Promise<void> {
  return writeTransaction(async (trx) => {
    const [ended] = await trx
      .knexQuery()
      .table('telegram_chats')
      .where({ ...chat, status: 'active' })
      .update({
        status: 'retired',
        ...because('chat_closed', detail),
        ended_at: now,
        updated_at: now,
      })
      .returning('user_id')
    if (ended) {
      const userId = Number(ended.user_id)
      const message = (wallet: string | null) =>
        `A chat of ${wallet} in Telegram is closed. Send /start to the bot there`
      await tellBindingExpired(trx, { channel: 'telegram', userId, message }, now)
    }
  })
}
