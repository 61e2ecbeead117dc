import { ReplaySchema } from '#database/schema'

/** `failed`: what failed or was skipped. `history`: everything that was stored. */
export type ReplayKind = 'failed' | 'history'

export type ReplayState = 'running' | 'done' | 'cancelled'

/**
 * A request to send an endpoint again what it missed, and its progress. All
 * times are epoch milliseconds.
 */
export default class Replay extends ReplaySchema {
  declare kind: ReplayKind
  declare state: ReplayState
}
