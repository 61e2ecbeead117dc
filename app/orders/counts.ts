import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { execute, rowsOf } from '#foundation/db/statement'

const MINUTE_MS = 60_000

/** What became of events of orders: announcements, words of the venue, attempts at a verification. */
export interface EventCounts {
  received: number
  processed: number
  failed: number
  /** Of those that failed, attempts at a verification that took too long. */
  timedOut: number
  /** Milliseconds from when events were known until they were processed, and of how many. */
  tookMs: number
  timed: number
}

const NONE: EventCounts = { received: 0, processed: 0, failed: 0, timedOut: 0, tookMs: 0, timed: 0 }

/** The row that holds the sums since the beginning. */
const ALL_TIME = 0

/** Adds to the sums of this minute and of all time, in the transaction that did the work. */
export async function countEvents(
  trx: TransactionClientContract,
  counts: Partial<EventCounts>,
  now: number
): Promise<void> {
  const { received, processed, failed, timedOut, tookMs, timed } = { ...NONE, ...counts }
  for (const minute of [ALL_TIME, now - (now % MINUTE_MS)]) {
    await execute(
      trx,
      `insert into order_counts (minute, received, processed, failed, timed_out, took_ms, timed)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (minute) do update set received = order_counts.received + excluded.received,
         processed = order_counts.processed + excluded.processed,
         failed = order_counts.failed + excluded.failed,
         timed_out = order_counts.timed_out + excluded.timed_out,
         took_ms = order_counts.took_ms + excluded.took_ms,
         timed = order_counts.timed + excluded.timed`,
      [minute, received, processed, failed, timedOut, Math.round(tookMs), timed]
    )
  }
}

/** Sums from `since` (epoch milliseconds) on, or since the beginning. */
export async function readCounts(since?: number): Promise<EventCounts> {
  const where =
    since === undefined ? `minute = ${ALL_TIME}` : `minute > ${ALL_TIME} and minute >= ?`
  const [row] = await rowsOf<Record<keyof Row, number | string | null>>(
    db.connection(),
    `select sum(received) as received, sum(processed) as processed, sum(failed) as failed,
       sum(timed_out) as timed_out, sum(took_ms) as took_ms, sum(timed) as timed
     from order_counts where ${where}`,
    since === undefined ? [] : [since]
  )
  return {
    received: Number(row!.received),
    processed: Number(row!.processed),
    failed: Number(row!.failed),
    timedOut: Number(row!.timed_out),
    tookMs: Number(row!.took_ms),
    timed: Number(row!.timed),
  }
}

interface Row {
  received: number
  processed: number
  failed: number
  timed_out: number
  took_ms: number
  timed: number
}
