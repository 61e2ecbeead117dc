import { UnfreezeRecordSchema } from '#database/schema'
import type { TronResource } from '#facts/on_tron'

/**
 * - `waiting`   its time has not come
 * - `ready`     it can be withdrawn
 * - `withdrawn` a transaction of its owner took it out
 * - `cancelled` a transaction of its owner froze it again
 */
export const UNFREEZE_STATES = ['waiting', 'ready', 'withdrawn', 'cancelled'] as const

export type UnfreezeState = (typeof UNFREEZE_STATES)[number]

/** What became of an unfreeze. Amounts are decimal text in sun. */
export default class UnfreezeRecord extends UnfreezeRecordSchema {
  declare resourceType: TronResource
  declare status: UnfreezeState
}
