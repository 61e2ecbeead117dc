import { WebPushSubscriptionSchema } from '#database/schema'
import type { BindingReason } from '#models/reasons'

/** A browser in which a user is told of events. */
export default class WebPushSubscription extends WebPushSubscriptionSchema {
  /** `inactive`: its user has switched it off. `retired`: its push service takes nothing for it any more. */
  declare status: 'active' | 'inactive' | 'retired'
  declare reason: BindingReason | null
}
