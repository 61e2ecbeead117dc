import { LaunchEventSchema } from '#database/schema'
import type { LaunchKind } from '#facts/launch'

/** A token was launched, or graduated to a DEX. */
export default class LaunchEvent extends LaunchEventSchema {
  declare kind: LaunchKind
}
