import { SubscriptionSchema } from '#database/schema'
import type { LaunchKind } from '#facts/launch'

/** A switch that is on: this user wants to be told of this kind of launch at this venue. */
export default class Subscription extends SubscriptionSchema {
  declare kind: LaunchKind
}
