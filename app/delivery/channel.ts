import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Cause, Failure, Hold } from '#models/reasons'
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
  /**
   * How many jobs of one target may wait; null for any number. The oldest beyond it expire when more
   * are planned, to be told as a number.
   */
  readonly mostWaiting: number | null
  /** The targets that get events at this moment, seen from inside the planning transaction. */
  subscribers(trx: TransactionClientContract): Promise<Subscriber[]>
}

/** How events are sent. The engine plans, claims and records; a channel only knows how to send. */
export interface Channel extends PlannedChannel {
  /** Every target that this process may send to now. */
  targets(): Promise<Target[]>
  /**
   * Those of some targets that get no events any more, from any process. One that another process
   * serves is not among them.
   */
  outOfService(targetIds: readonly number[]): Promise<number[]>
  /**
   * Finds out anew whether targets with due jobs may be sent to; null for a channel whose gates are
   * always open.
   */
  readonly readGates: ((targetIds: readonly number[]) => Promise<void>) | null
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
  /** How many requests may begin in a time; null for any number. */
  rate: Rate | null
  /**
   * `fifo`: nothing overtakes a job of the same token. `together`: all that waits is sent in one
   * request, up to `batchSize` jobs, and of more the newest.
   */
  ordering: 'any' | 'fifo' | 'together'
  /** How long one attempt may take, in milliseconds. */
  timeoutMs: number
  retry: RetryPolicy
  /** Since when it has only failed, in epoch milliseconds; null: it does not. */
  failingSince: number | null
  /** Whether its lane may send. The object stays; what it says may change at any time. */
  readonly gate: Gate
  /**
   * Makes one request of as many events as it may hold, from the first on: at once, or where that is
   * work for a thread, in a moment. `now` is in epoch milliseconds. Never rejects.
   */
  prepare(jobs: readonly DueJob[], now: number): PreparedRequest | Promise<PreparedRequest>
}

/** So many requests in so many milliseconds, evenly spread. */
export interface Rate {
  requests: number
  perMs: number
}

/** A request that is ready to be sent, and the events that are not in it. */
export interface PreparedRequest {
  /** Those that are in it; none when the target can make no message of any. */
  jobs: readonly DueJob[]
  /** Those of which the target can make no message, and why. */
  unfit: readonly { job: DueJob; problem: string }[]
  /** Those that are over: they go into the next request. */
  left: readonly DueJob[]
  /** The size of its body in bytes; 0 where it is small. */
  bytes: number
  /** Never rejects: what went wrong is in the verdict. */
  send(): Promise<Verdict>
}

/** A request of a channel that tells any number of events in one small message. */
export function inOneRequest(
  jobs: readonly DueJob[],
  send: PreparedRequest['send']
): PreparedRequest {
  return { jobs, unfit: [], left: [], bytes: 0, send }
}

/** When a lane may send. While its gate is closed a lane takes no jobs. */
export interface Gate {
  /** From when a request may begin, in epoch milliseconds; Infinity: not before something happens. */
  readonly opensAt: number
  /** Why jobs are held until then; null: they wait for their turn. */
  readonly hold: Hold | null
}

/** The gate of all targets that may be sent to at any time. */
export const ALWAYS_OPEN: Gate = { opensAt: 0, hold: null }

/** What came of an attempt. */
export type Verdict =
  | { kind: 'accepted'; answer: Answer }
  | Refusal
  /**
   * The target takes nothing now, whatever the event: no try at its jobs. `until` is in epoch
   * milliseconds; null: until something happens.
   */
  | { kind: 'held'; reason: Hold; until: number | null }
  /** It may have arrived. Jobs that were never tried before are repeated once if `mayRepeat`. */
  | { kind: 'unknown'; cause: Cause<Failure>; answer: Answer | null; mayRepeat: boolean }
  /** It was taken in a way that proves nothing. It is not repeated. */
  | { kind: 'unconfirmed'; cause: Cause<Failure>; answer: Answer }
  | { kind: 'gone'; cause: Cause<Failure>; answer: Answer }
  /** This process is stopping: the attempt does not count. */
  | { kind: 'interrupted' }
  /** This machine lacks what an attempt needs, such as open files: it does not count. */
  | { kind: 'hindered'; lack: string }

/** An attempt that failed and may be made again. */
export interface Refusal {
  kind: 'failed'
  cause: Cause<Failure>
  answer: Answer | null
  /** How long the receiver asked to be left alone, in milliseconds. */
  retryAfterMs: number | null
  /** It is not this event: the receiver has too much to do, or is not there. */
  isOverload: boolean
  /** It may be one of the events alone, or how many they are: others of the request would be accepted. */
  isAboutContent?: boolean
}

/** What is kept of a receiver's answer. */
export interface Answer {
  status: number
  /** The first bytes of the body as text. */
  head: string
}
