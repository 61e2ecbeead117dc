import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/json_rows'
import type { Outcome } from '#delivery/outcome'

const COLUMNS = {
  target_id: 'bigint',
  outcome: 'text',
  duration_ms: 'integer',
  attempts: 'bigint',
  total_ms: 'bigint',
  last_at: 'bigint',
} as const

interface Count {
  target_id: number
  outcome: 'accepted' | 'failed'
  duration_ms: number
  attempts: number
  total_ms: number
  last_at: number
}

/**
 * Counts attempts in `delivery_stats`, so that nobody has to read a million of them for a sum. Called
 * last in its transaction, with rows always in the same order: two senders wait for each other
 * briefly, and never in a circle.
 */
export async function countAttempts(
  trx: TransactionClientContract,
  outcomes: readonly Outcome[]
): Promise<void> {
  const counts = [...countsOf(outcomes).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  if (counts.length === 0) {
    return
  }
  const columns = Object.keys(COLUMNS).join(', ')
  await trx.rawQuery(
    `insert into delivery_stats (${columns})
     select ${columns} from ${jsonRows(trx, 'counted', COLUMNS)} where true
     on conflict (target_id, outcome, duration_ms) do update
     set attempts = delivery_stats.attempts + excluded.attempts,
       total_ms = delivery_stats.total_ms + excluded.total_ms,
       last_at = case when excluded.last_at > delivery_stats.last_at
         then excluded.last_at else delivery_stats.last_at end`,
    [
      jsonOf(
        COLUMNS,
        counts.map(([, count]) => count)
      ),
    ]
  )
}

function countsOf(outcomes: readonly Outcome[]): Map<string, Count> {
  const counts = new Map<string, Count>()
  for (const { job, attempt, finishedAt } of outcomes) {
    if (!attempt) {
      continue
    }
    const outcome = attempt.errorKind ? 'failed' : 'accepted'
    const duration = Number(attempt.durationMs.toPrecision(2))
    const key = `${job.targetId} ${outcome} ${duration}`

    const count = counts.get(key)
    counts.set(key, {
      target_id: job.targetId,
      outcome,
      duration_ms: duration,
      attempts: (count?.attempts ?? 0) + 1,
      total_ms: (count?.total_ms ?? 0) + attempt.durationMs,
      last_at: Math.max(count?.last_at ?? 0, finishedAt),
    })
  }
  return counts
}
