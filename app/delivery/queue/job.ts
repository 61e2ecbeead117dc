import type { Announcement } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'

/** A job that this process has claimed. The process that holds the newest fence may say how it ended. */
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
 * Why a job waits. Each class has slots of its own, so that neither a backlog of retries nor a
 * replay ever holds up what is new.
 */
export type JobClass = 'first' | 'retry' | 'replay'

export const JOB_CLASSES: readonly JobClass[] = ['first', 'retry', 'replay']

/** Finds what is being sent, or was when its process died, by the index of leases. */
export const IN_HAND = `status = 'sending' and lease_until >= 0`

/** The `priority` of jobs that a replay put back; those of others are 0 and above. */
export const REPLAY_PRIORITY = -1

/** Finds the jobs of a class; written as in the indexes, which only then are used. */
export const inJobClass: Record<JobClass, string> = {
  first: `status = 'pending' and priority >= 0 and attempts = 0`,
  retry: `status = 'pending' and priority >= 0 and attempts > 0`,
  replay: `status = 'pending' and priority < 0`,
}

export function jobClassOf({
  priority,
  attempts,
}: {
  priority: number
  attempts: number
}): JobClass {
  if (priority < 0) {
    return 'replay'
  }
  return attempts === 0 ? 'first' : 'retry'
}

/** The most that each class takes of a lane's requests; at least one. */
const SHARES: Record<JobClass, number> = { first: 1, retry: 0.25, replay: 0.5 }

/** How many requests of a class a lane may have under way at once. */
export function slotsOf(jobClass: JobClass, concurrency: number): number {
  return Math.max(1, Math.floor(concurrency * SHARES[jobClass]))
}

/** Something of its own for every class. */
export function forEachJobClass<T>(make: () => T): Record<JobClass, T> {
  return { first: make(), retry: make(), replay: make() }
}
