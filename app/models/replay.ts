import { ReplaySchema } from '#database/schema'

/** `failed`: what was given up or set aside. `history`: everything that was stored. */
export type ReplayKind = 'failed' | 'history'

export type ReplayState = 'running' | 'done' | 'cancelled'

/**
 * A wish to send an endpoint again what it missed, and how far a sender has come with it. All
 * times are epoch milliseconds.
 */
export default class Replay extends ReplaySchema {
  declare kind: ReplayKind
  declare state: ReplayState
}
