import { ScanGapSchema } from '#database/schema'

/**
 * Why blocks could not be read. `range`: too large to be served even alone. `pruned`: every endpoint
 * has deleted them. `unproven`: answered without any log, and nothing proves that there are none.
 * `skipped`: an operator began behind them, and they are read beside.
 */
export type GapReason = 'range' | 'pruned' | 'unproven' | 'skipped'

/** Blocks that no endpoint could give, with the reason. Closed once they have been read after all. */
export default class ScanGap extends ScanGapSchema {
  declare reason: GapReason
}
