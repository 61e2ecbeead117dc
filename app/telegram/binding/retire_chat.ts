import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import { because } from '#models/reasons'
import User from '#models/user'
import { raiseAlert } from '#delivery/alerts'

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
      await tell(trx, Number(ended.user_id), now)
    }
  })
}

async function tell(client: TransactionClientContract, userId: number, now: number) {
  const { walletAddress } = await User.findOrFail(userId, { client })
  await raiseAlert(
    client,
    {
      kind: 'binding.expired',
      target: { channel: 'telegram', id: null, ownerId: userId },
      isForOwner: true,
      since: now,
      message: `A chat of ${walletAddress} in Telegram is closed. Send /start to the bot there`,
    },
    now
  )
}
