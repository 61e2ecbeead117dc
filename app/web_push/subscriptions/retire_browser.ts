import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import { because } from '#models/reasons'
import User from '#models/user'
import { raiseAlert } from '#delivery/alerts'
import { WEB_PUSH } from '#web_push/sending/web_push_subscribers'

/**
 * Ends a browser for which its push service takes nothing any more, and tells its user on every other
 * way out. Once more has no effect.
 *
 * @param detail what the push service said, for people
 * @param now epoch milliseconds
 */
export function retireBrowser(id: number, detail: string, now: number): Promise<void> {
  return writeTransaction(async (trx) => {
    const [ended] = await trx
      .knexQuery()
      .table('web_push_subscriptions')
      .where({ id, status: 'active' })
      .update({ status: 'retired', ...because('gone', detail), ended_at: now, updated_at: now })
      .returning('user_id')
    if (ended) await tell(trx, Number(ended.user_id), now)
  })
}

async function tell(client: TransactionClientContract, userId: number, now: number) {
  const { walletAddress } = await User.findOrFail(userId, { client })
  await raiseAlert(
    client,
    {
      kind: 'binding.expired',
      target: { channel: WEB_PUSH, id: null, ownerId: userId },
      isForOwner: true,
      since: now,
      message: `A browser of ${walletAddress} shows no notifications any more. Switch them on again at /alerts there`,
    },
    now
  )
}
