import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { raiseAlert } from '#delivery/alerts'
import type { OrderAlertKind } from '#facts/push_alert'
import Order from '#models/order'
import { recordChange } from '#orders/audit_chain'
import { countEvents } from '#orders/counts'
import { moveOrder } from '#orders/move_order'

/** How long an order may take for each step, in milliseconds. */
export interface OrderLimits {
  /** From its announcement until the venue shows it. */
  confirmMs: number
  /** From there until it has ended. */
  fillMs: number
}

/** Orders that are looked at in one turn. */
const AT_ONCE = 100

/** Where the venue is heard now, so that its silence says something. */
const IS_HEARD = `exists (select 1 from okx_accounts
  where id = orders.account_id and connection in ('live', 'handover'))`

/**
 * Fails announced orders that the venue did not show in time, and tells their owners. While an account
 * is not heard, as over a maintenance, the clock decides nothing about its orders.
 *
 * @returns how many failed
 */
export async function expireUnconfirmed(clock: Clock): Promise<number> {
  const now = clock.now()
  const orders = await overdue('pending', now).whereNull('venue_state').whereRaw(IS_HEARD)

  return endEach(orders, async (trx, order) => {
    const to = { status: 'failed', reason: 'confirmation_timeout', partial: false } as const
    const isMoved = await moveOrder(trx, order, { actor: 'clock', to, now })
    if (isMoved) {
      await tell(trx, order, 'order.unconfirmed', now)
      await countEvents(trx, { received: 1, failed: 1 }, now)
    }
    return isMoved
  })
}

/**
 * Tells the owners of orders that are at the venue for longer than they should be: once, and no more
 * than that, for only the venue ends an order that it has.
 *
 * @returns how many were told of
 */
export async function tellUnfilled(clock: Clock): Promise<number> {
  const now = clock.now()
  const orders = await overdue('confirmed', now)

  return endEach(orders, async (trx, order) => {
    const told = await trx
      .from('orders')
      .where({ id: order.id, status: 'confirmed', deadline: order.deadline })
      .update({ deadline: null })
    if (Number(told) !== 1) {
      return false
    }
    const entry = { orderId: order.id, actor: 'clock', action: 'fill_overdue' } as const
    await recordChange(trx, { ...entry, before: null, after: null }, now)
    await tell(trx, order, 'order.unfilled', now)
    return true
  })
}

function overdue(status: 'pending' | 'confirmed', now: number) {
  return Order.query()
    .where('status', status)
    .where('deadline', '<=', now)
    .orderBy('deadline')
    .limit(AT_ONCE)
}

/** Each in a transaction of its own: what the venue says meanwhile of one holds up no other. */
async function endEach(
  orders: readonly Order[],
  end: (trx: TransactionClientContract, order: Order) => Promise<boolean>
): Promise<number> {
  let ended = 0
  for (const order of orders) {
    ended += Number(await writeTransaction((trx) => end(trx, order)))
  }
  return ended
}

const WORDS: Record<OrderAlertKind, string> = {
  'order.unconfirmed': 'was announced, and OKX does not show it',
  'order.unfilled': 'is not filled yet',
}

function tell(trx: TransactionClientContract, order: Order, kind: OrderAlertKind, now: number) {
  const name = order.ordId ?? order.clOrdId
  return raiseAlert(
    trx,
    {
      kind,
      target: { channel: null, id: null, ownerId: order.ownerId },
      isForOwner: true,
      since: order.deadline ?? now,
      message: `Order ${name} (${order.instId}) ${WORDS[kind]}. See /orders/${order.id}`,
    },
    now
  )
}
