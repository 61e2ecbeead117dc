import { LaunchEventSchema } from '#database/schema'

/** `created`: the token exists and trades on its curve. `graduated`: its liquidity moved to a DEX. */
export type LaunchKind = 'created' | 'graduated'

/** A token was launched, or graduated to a DEX. */
export default class LaunchEvent extends LaunchEventSchema {
  declare kind: LaunchKind
}
