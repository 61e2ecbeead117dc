import { PushAlertSchema } from '#database/schema'

/** What befalls an endpoint: it only fails, or was taken out of service for it. */
export type EndpointAlertKind = 'endpoint.failing' | 'endpoint.disabled'

/** Pushing as a whole does worse than before. */
export type HealthAlertKind = 'health.degraded' | 'health.critical'

export type PushAlertKind = EndpointAlertKind | HealthAlertKind | 'plan.ending'

/** Something that a user should know about an endpoint or a plan, or the operator about pushing. */
export default class PushAlert extends PushAlertSchema {
  declare kind: PushAlertKind
}
