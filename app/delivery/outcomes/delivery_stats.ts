import type { Skip } from '#models/reasons'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import type { Outcome } from '#delivery/outcomes/outcome'

const COLUMNS = {
  target_id: 'bigint',
  outcome: 'text',
  duration_ms: 'integer',
  attempts: 'bigint',
  total_ms: 'bigint',
  last_at: 'bigint',
} as const

/** What is added to one row. Only what was accepted or failed is an attempt. */
interface Count {
  target_id: number
  outcome: 'accepted' | 'failed' | Skip
  duration_ms: number
  attempts: number
  total_ms: number
  last_at: number
}

/**
 * Counts attempts in `delivery_stats`, so that no sum has to read a million of them. Called
 * last in its transaction, with rows always in the same order: two senders wait for each other
 * briefly, and never in a circle.
 */
export function countAttempts(
  trx: TransactionClientContract,
  channel: string,
  outcomes: readonly Outcome[]
): Promise<void> {
  return addCounts(trx, channel, outcomes.flatMap(countsOf))
}

/** Adds counts to their rows. */
async function addCounts(
  trx: TransactionClientContract,
  channel: string,
  counts: readonly Count[]
): Promise<void> {
  const sums = [...sumsOf(counts)].sort(([a], [b]) => (a < b ? -1 : 1))
  if (sums.length === 0) {
    return
  }
  const columns = Object.keys(COLUMNS).join(', ')
  await execute(
    trx,
    `insert into delivery_stats (channel, ${columns})
     select ?, ${columns} from ${jsonRows(trx, 'counted', COLUMNS)} where true
     on conflict (channel, target_id, outcome, duration_ms) do update
     set attempts = delivery_stats.attempts + excluded.attempts,
       total_ms = delivery_stats.total_ms + excluded.total_ms,
       last_at = case when excluded.last_at > delivery_stats.last_at
         then excluded.last_at else delivery_stats.last_at end`,
    [
      channel,
      jsonOf(
        COLUMNS,
        sums.map(([, sum]) => sum)
      ),
    ]
  )
}

function countsOf({ job, attempt, reason, finishedAt }: Outcome): Count[] {
  if (!attempt) {
    return []
  }
  return [
    {
      target_id: job.targetId,
      outcome: reason ? 'failed' : 'accepted',
      duration_ms: twoDigits(attempt.durationMs),
      attempts: 1,
      total_ms: attempt.durationMs,
      last_at: finishedAt,
    },
  ]
}

/** Two significant digits of a number of milliseconds; most have no more. */
function twoDigits(ms: number): number {
  return ms < 100 ? ms : Number(ms.toPrecision(2))
}

/** One count for each row of the table. */
function sumsOf(counts: readonly Count[]): Map<string, Count> {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const key = `${count.target_id} ${count.outcome} ${count.duration_ms}`
    const sum = sums.get(key)
    if (sum) {
      sum.attempts += count.attempts
      sum.total_ms += count.total_ms
      sum.last_at = Math.max(sum.last_at, count.last_at)
    } else {
      sums.set(key, { ...count })
    }
  }
  return sums
}

interface Skipped {
  targetId: number
  /** Why the job is skipped. */
  reason: Skip
  /** Epoch milliseconds. */
  at: number
}

/** Counts what filters excluded, and what they or templates failed on, beside the attempts. */
export function countSkipped(
  trx: TransactionClientContract,
  channel: string,
  skipped: readonly Skipped[]
): Promise<void> {
  return addCounts(
    trx,
    channel,
    skipped.map(({ targetId, reason, at }) => ({
      target_id: targetId,
      outcome: reason,
      duration_ms: 0,
      attempts: 1,
      total_ms: 0,
      last_at: at,
    }))
  )
}
