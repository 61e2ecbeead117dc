import type Order from '#models/order'
import type VerificationEvent from '#models/verification_event'
import type { Viewer } from '#http/viewer'
import type { OrderStory } from '#verification/order_story'
import { orderView, storyView } from '#views/order_view'

/** How the state of an order looks: on its way, arrived, or ended otherwise. */
const LOOKS = {
  pending: 'waiting',
  confirmed: 'running',
  filled: 'running',
  completed: 'done',
  failed: 'failed',
} as const

/** An order as a row of its list shows it. */
export function orderRow(order: Order, { localTime }: Viewer) {
  const { id, status, reason, partial, instId, side, ordType, ordId, clOrdId } = order
  return {
    id,
    status,
    reason,
    partial,
    instId,
    side,
    ordType,
    look: LOOKS[status],
    name: ordId ?? clOrdId,
    sz: order.sz,
    filled: order.accFillSz,
    price: order.avgPx ?? order.px,
    verification: order.verificationStatus,
    time: localTime(order.venueCreatedAt ?? order.createdAt),
  }
}

/** One order with all that belongs to it. */
export function orderPage(story: OrderStory, viewer: Viewer, isOfOperator = false) {
  const { localTime } = viewer
  const { executions, verifications, evidence, audit, audit_holds: holds } = storyView(story)
  const at = (time: number) => localTime(time)
  const { fee, fee_ccy: feeCcy, pnl, deadline } = orderView(story.order)
  return {
    ...orderRow(story.order, viewer),
    fee,
    feeCcy,
    pnl,
    isOfOperator,
    holds,
    deadline: deadline === null ? null : at(deadline),
    mayVerify:
      ['filled', 'completed'].includes(story.order.status) &&
      !verifications.some(({ state }) => state === 'pending' || state === 'in_progress'),
    isOwed: story.owed.length > 0,
    executions: executions.map((one) => ({ ...one, time: at(one.event_time) })),
    verifications: verifications.map((one) => ({ ...one, time: at(one.created_at) })),
    evidence: evidence.map((one) => ({ ...one, time: at(one.created_at) })),
    audit: audit.map((one) => ({ ...one, time: at(one.created_at), after: one.after ?? '' })),
  }
}

/** What a toast says of a verification that has ended. */
export function verificationToast(event: VerificationEvent) {
  return {
    result: event.result,
    name: event.ordId ?? event.clOrdId,
    error: event.errorCode,
    isRetried: event.retriedBy !== null,
  }
}
