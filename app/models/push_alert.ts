import { PushAlertSchema } from '#database/schema'

/** What befalls an endpoint: it only fails, or was taken out of service for it. */
export type EndpointAlertKind = 'endpoint.failing' | 'endpoint.disabled'

export type PushAlertKind = EndpointAlertKind | 'plan.ending'

/** Something that a user should know about an endpoint, or about the plan that ends soon. */
export default class PushAlert extends PushAlertSchema {
  declare kind: PushAlertKind
}
