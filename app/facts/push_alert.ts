import { choice, id, nullable, text, time, wide } from '#facts/columns'
import { defineFact } from '#facts/define_fact'

/** What happened to an endpoint: every attempt fails, or it was disabled for that. */
export type EndpointAlertKind = 'endpoint.failing' | 'endpoint.disabled'

/** Pushing as a whole does worse than before. */
export type HealthAlertKind = 'health.degraded' | 'health.critical'

/** A user's way out in a chat has ended, and only the user can open it again. */
export type BindingAlertKind = 'binding.expired'

/** A user's plan ends soon, or has ended. */
export type PlanAlertKind = 'plan.ending' | 'plan.ended'

/** An account of TRON has other stake than its records say; something is missing of one at OKX. */
export type AccountAlertKind = 'tron.account_differs' | 'okx.account_incomplete'

/** The clock says something of an order that the venue did not say: its owner looks at it. */
export type OrderAlertKind = 'order.unconfirmed' | 'order.unfilled'

/** More than a threshold of orders and their verification, and that all are below again. */
export type OrdersAlertKind =
  | 'orders.error_rate'
  | 'orders.processing_time'
  | 'orders.pending'
  | 'orders.verification_timeouts'
  | 'orders.recovered'

export type PushAlertKind =
  | EndpointAlertKind
  | HealthAlertKind
  | BindingAlertKind
  | PlanAlertKind
  | AccountAlertKind
  | OrderAlertKind
  | OrdersAlertKind

const KINDS: readonly PushAlertKind[] = [
  'endpoint.failing',
  'endpoint.disabled',
  'health.degraded',
  'health.critical',
  'binding.expired',
  'plan.ending',
  'plan.ended',
  'tron.account_differs',
  'order.unconfirmed',
  'order.unfilled',
  'orders.error_rate',
  'orders.processing_time',
  'orders.pending',
  'orders.verification_timeouts',
  'orders.recovered',
]

/** Something that a user should know about a way out or a plan, or the operator about pushing or what is stored. */
export const pushAlert = defineFact({
  type: 'push_alert',
  table: 'push_alerts',
  columns: {
    id: id(),
    kind: choice(KINDS),
    endpoint_id: nullable(wide()),
    endpoint: nullable(text()),
    since: time(),
    ends_at: nullable(time()),
    message: text(),
    event_time: time(),
  },
  identity: ['kind', 'channel', 'endpoint_id', 'owner_id', 'since', 'ends_at'],
  timeColumn: 'event_time',
  isOnChain: false,
  events: 'push.alert',
  isAskedForByName: true,
  source: 'regou',
  ownerColumn: 'owner_id',
  stream: { letter: 'a' },
  kept: 'as_undelivered',
})
