import { PushAlertSchema } from '#database/schema'
import type { PushAlertKind } from '#facts/push_alert'

/** Something that a user should know about a way out or a plan, or the operator about pushing. */
export default class PushAlert extends PushAlertSchema {
  declare kind: PushAlertKind
}
