import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Order from '#models/order'
import { countEvents } from '#orders/counts'
import { moveOrder, standingOf } from '#orders/move_order'
import { afterVenue, UNREVIEWED } from '#orders/order_state'
import type { OrderLimits } from '#orders/time_limits'

/** Orders that one transaction moves. */
const AT_ONCE = 100

/**
 * Moves the orders of which the venue says something else than where they stand. Those who listen to
 * the venue store what it says, and nothing of this: the two meet in the table alone.
 *
 * @returns how many there were; there may be more when it is not 0
 */
export async function reviewOrders(limits: OrderLimits, clock: Clock): Promise<number> {
  const orders = await Order.query().whereRaw(UNREVIEWED).orderBy('id').limit(AT_ONCE)
  if (orders.length === 0) {
    return 0
  }
  await writeTransaction(async (trx) => {
    const now = clock.now()
    const counts = { received: 0, processed: 0, tookMs: 0, timed: 0 }
    for (const order of orders) {
      const to = afterVenue(standingOf(order), {
        state: order.venueState,
        accFillSz: order.accFillSz,
      })
      const deadline = to?.status === 'confirmed' ? now + limits.fillMs : null
      const move = to && { actor: 'venue' as const, action: actionFor(order), to, deadline, now }
      if (move && (await moveOrder(trx, order, move))) {
        counts.received++
        counts.processed++
        counts.timed++
        counts.tookMs += Math.max(0, now - order.updatedAt)
      }
    }
    await countEvents(trx, counts, now)
  })
  return orders.length
}

function actionFor({ status, announcedAt }: Order): string {
  if (status === 'failed') {
    return 'seen_late'
  }
  return status === 'pending' && announcedAt === null ? 'discovered' : 'moved'
}
