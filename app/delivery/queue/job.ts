import type { Announcement, FactRow } from '#models/fact_types'

/** A job that this process has claimed. Whoever holds the newest fence may say how it ended. */
export interface ClaimedJob {
  id: number
  targetId: number
  factType: Announcement
  factId: number
  eventType: string
  eventId: string
  tokenAddress: string | null
  /** The higher, the sooner it is claimed; below 0 when a replay put the job back. */
  priority: number
  /** Tries made before this one. */
  attempts: number
  /** Epoch milliseconds after which the event is not sent any more. */
  expiresAt: number | null
  fence: number
  /** Epoch milliseconds until which no other process takes the job. */
  leaseUntil: number
}

/** A claimed job with the fact that it announces, or whose removal it announces. */
export interface DueJob extends ClaimedJob {
  fact: FactRow
}
