import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { AuditActor } from '#models/audit_event'
import type Order from '#models/order'
import { recordChange } from '#orders/audit_chain'
import type { OrderFailure, OrderStanding } from '#orders/order_state'
import { tellStanding } from '#orders/tell_standing'

export interface Move {
  actor: AuditActor
  /** What is recorded that it was, such as `seen_late`; `moved` unless given. */
  action?: string
  to: OrderStanding
  /** When the clock looks at it next, in epoch milliseconds; null: never. */
  deadline?: number | null
  /** Epoch milliseconds. */
  now: number
}

/**
 * Moves an order to where it stands now, with its link of the audit chain. Its owner is told of what
 * the venue's own events do not say.
 *
 * @returns false when it does not stand any more where it was read
 */
export async function moveOrder(
  trx: TransactionClientContract,
  order: Order,
  { actor, action = 'moved', to, deadline = null, now }: Move
): Promise<boolean> {
  const from = standingOf(order)
  const moved = await trx
    .from('orders')
    .where({ id: order.id, status: from.status })
    .where((same) => (from.reason ? same.where('reason', from.reason) : same.whereNull('reason')))
    .update({ ...columnsOf(order, to, now), deadline })
  if (Number(moved) !== 1) {
    return false
  }
  await recordChange(
    trx,
    { orderId: order.id, actor, action, before: { ...from }, after: { ...to } },
    now
  )
  if (actor !== 'venue' || from.status === 'failed') {
    await tellStanding(trx, order, to, now)
  }
  return true
}

export function standingOf({ status, reason, partial }: Order): OrderStanding {
  return { status, reason: reason as OrderFailure | null, partial }
}

function columnsOf(order: Order, { status, reason, partial }: OrderStanding, now: number) {
  const isSeen = reason !== 'confirmation_timeout'
  return {
    status,
    reason,
    partial,
    detail: null,
    confirmation_status: isSeen ? 'confirmed' : 'timed_out',
    confirmed_at: order.confirmedAt ?? (isSeen ? now : null),
    ended_at: status === 'confirmed' ? null : (order.endedAt ?? now),
    updated_at: now,
  }
}
