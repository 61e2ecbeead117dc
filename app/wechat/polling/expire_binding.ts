import User from '#models/user'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import { because } from '#models/reasons'
import { raiseAlert } from '#delivery/alerts'

/**
 * Ends a binding whose token WeChat does not take any more, and tells the user on every other way
 * out. Polling and sending stop; once more has no effect.
 *
 * @param detail what WeChat said, for people
 * @param now epoch milliseconds
 */
export function expireBinding(bindingId: number, detail: string, now: number): Promise<void> {
  return writeTransaction(async (trx) => {
    const [ended] = await trx
      .knexQuery()
      .table('wechat_bot_bindings')
      .where({ id: bindingId, status: 'active' })
      .update({
        status: 'expired',
        ...because('session_expired', detail),
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
      target: { channel: 'wechat', id: null, ownerId: userId },
      isForOwner: true,
      since: now,
      message: `WeChat takes no messages for ${walletAddress} any more. Scan again at /wechat/direct`,
    },
    now
  )
}
