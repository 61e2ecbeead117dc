import type { PlannedJob } from '#delivery/planning/plan_fact'
import type { Position } from '#webhooks/replays/position'

/** What a replay sends next, in its order, and where it is then. */
export interface Batch {
  events: ReplayedEvent[]
  position: Position
  /** When the last row was stored that was looked at, in epoch milliseconds. */
  reachedAt: number | null
}

/** An event that the endpoint gets for the first time, or one whose job goes once more. */
export type ReplayedEvent = { fresh: PlannedJob } | { jobId: number }

/** Rows of one table that are looked at in one transaction, so that nobody waits for it long. */
export const ROWS_AT_ONCE = 500
