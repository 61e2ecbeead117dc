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

/**
 * Why a job waits. Each stage has slots of its own, so that neither a backlog of retries nor a
 * replay ever holds up what is new.
 */
export type Stage = 'new' | 'tried' | 'replayed'

export const STAGES: readonly Stage[] = ['new', 'tried', 'replayed']

/** The `priority` of jobs that a replay put back; those of others are 0 and above. */
export const REPLAYED = -1

/** Finds the jobs of a stage; written as in the indexes, which only then are used. */
export const inStage: Record<Stage, string> = {
  new: `status = 'pending' and priority >= 0 and attempts = 0`,
  tried: `status = 'pending' and priority >= 0 and attempts > 0`,
  replayed: `status = 'pending' and priority < 0`,
}

export function stageOf({ priority, attempts }: { priority: number; attempts: number }): Stage {
  if (priority < 0) {
    return 'replayed'
  }
  return attempts === 0 ? 'new' : 'tried'
}

/** The most that each stage takes of a lane's requests; at least one. */
const SHARES: Record<Stage, number> = { new: 1, tried: 0.25, replayed: 0.5 }

/** How many requests of a stage a lane may have under way at once. */
export function slotsOf(stage: Stage, concurrency: number): number {
  return Math.max(1, Math.floor(concurrency * SHARES[stage]))
}

/** Something of its own for every stage. */
export function forEachStage<T>(make: () => T): Record<Stage, T> {
  return { new: make(), tried: make(), replayed: make() }
}
