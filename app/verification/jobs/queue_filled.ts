import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import OkxAccount from '#models/okx_account'
import Order from '#models/order'
import { createJob } from '#verification/jobs/create_job'

/** Orders that one transaction takes. */
const AT_ONCE = 100

/** What was filled longer ago came from a recovery and can wait, in milliseconds. */
const FRESH_MS = 600_000

/** Finds by the index of orders that nothing is known of their verification. */
const UNVERIFIED = `status = 'filled' and verification_status is null`

/**
 * Queues orders that were filled: what is fresh first. What had ended before its account was watched
 * was not recorded while it happened, so there is nothing to compare: it is verified on request only.
 *
 * @returns how many there were; there may be more when it is not 0
 */
export async function queueFilled(clock: Clock): Promise<number> {
  const orders = await Order.query().whereRaw(UNVERIFIED).orderBy('id').limit(AT_ONCE)
  if (orders.length === 0) {
    return 0
  }
  const accounts = await OkxAccount.query()
    .whereIn('id', [...new Set(orders.map(({ accountId }) => accountId))])
    .select('id', 'created_at')
  const watchedSince = new Map(accounts.map(({ id, createdAt }) => [id, createdAt]))

  await writeTransaction(async (trx) => {
    const now = clock.now()
    for (const order of orders) {
      const filledAt = order.fillTime ?? order.venueUpdatedAt ?? now
      if (filledAt < watchedSince.get(order.accountId)!) {
        await trx.from('orders').where('id', order.id).update({ verification_status: 'unwatched' })
      } else {
        const priority = now - filledAt <= FRESH_MS ? 'high' : 'low'
        await createJob(trx, { order, priority, by: 'verifier' }, now)
      }
    }
  })
  return orders.length
}
