import { PushAlertSchema } from '#database/schema'

/** An endpoint only fails, or was taken out of service for it. */
export type PushAlertKind = 'endpoint.failing' | 'endpoint.disabled'

/** Something that the owner of an endpoint should know about it. */
export default class PushAlert extends PushAlertSchema {
  declare kind: PushAlertKind
}
