import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Cause, Failure } from '#models/reasons'
import type { ReachingChannel } from '#billing/plans/eligible_users'
import type { Subscriber } from '#delivery/subscriber'
import type { DueJob } from '#delivery/queue/job'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'

/**
 * What a planner has to know of a channel, whichever process sends over it: the facts of one moment
 * are planned once, for all channels together.
 */
export interface PlannedChannel extends ReachingChannel {
  /** Names its jobs, statistics, attempts and alerts; ids of targets are its own. */
  readonly name: string
  /** The column of every fact that says that all targets have it; null: the channel has none. */
  readonly deliveredColumn: 'webhook_sent' | null
  /** The targets that get events at this moment, seen from inside the planning transaction. */
  subscribers(trx: TransactionClientContract): Promise<Subscriber[]>
}

/** How events travel. The engine plans, claims and records; a channel only knows how to send. */
export interface Channel extends PlannedChannel {
  /** Every target that this process may send to now. */
  targets(): Promise<Target[]>
  /**
   * Those of some targets that get no events any more, from any process. One that another process
   * serves is not among them.
   */
  outOfService(targetIds: readonly number[]): Promise<number[]>
  /** Lets it be known that a target has only failed since then, in epoch milliseconds. */
  warn(targetId: number, since: number, last: Cause<Failure>): Promise<void>
  /**
   * Takes a target out of service, for all processes and at once, and lets that be known.
   *
   * @param failedSince since when every attempt has failed; null when one answer was enough
   */
  disable(targetId: number, cause: Cause<Failure>, failedSince: number | null): Promise<void>
  /** Remembers since when a target has only failed, in epoch milliseconds; null: it does not. */
  setFailingSince(targetId: number, since: number | null): Promise<void>
  /** Cuts what is under way; those attempts end as `interrupted`. */
  interrupt(): void
  close(): Promise<void>
}

/** Where events go. An unchanged target is answered as the same object each time. */
export interface Target {
  id: number
  /** How logs call it. */
  label: string
  /** Requests under way at once. */
  concurrency: number
  /** Events in one request. */
  batchSize: number
  /** Requests that may begin in a second; null for any number. */
  ratePerSecond: number | null
  /** `fifo`: nothing overtakes a job of the same token. */
  ordering: 'any' | 'fifo'
  /** How long one attempt may take, in milliseconds. */
  timeoutMs: number
  retry: RetryPolicy
  /** Since when it has only failed, in epoch milliseconds; null: it does not. */
  failingSince: number | null
  /** Why the target can make no message of an event; null when it can. */
  unfit(job: DueJob, now: number): string | null
  /** Sends events that fit. Never rejects: what went wrong is in the verdict. */
  deliver(jobs: readonly DueJob[], now: number): Promise<Verdict>
}

/** What came of an attempt. */
export type Verdict =
  | { kind: 'accepted'; answer: Answer }
  | Refusal
  | { kind: 'gone'; cause: Cause<Failure>; answer: Answer }
  /** This process is stopping: the attempt does not count. */
  | { kind: 'interrupted' }

/** An attempt that failed and may be made again. */
export interface Refusal {
  kind: 'failed'
  cause: Cause<Failure>
  answer: Answer | null
  /** How long the receiver asked to be left alone, in milliseconds. */
  retryAfterMs: number | null
  /** It is not this event: the receiver has too much to do, or is not there. */
  isOverload: boolean
}

/** What is kept of a receiver's answer. */
export interface Answer {
  status: number
  /** The first bytes of the body as text. */
  head: string
}
