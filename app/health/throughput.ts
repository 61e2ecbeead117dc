import db from '@adonisjs/lucid/services/db'

/** The newest attempts, however long ago: enough for a 95th percentile. */
const LOOKED_AT = 1000

const MINUTE_MS = 60_000

export interface Throughput {
  /** Pushes that were accepted within the last minute. */
  per_minute: number
  /** From planned to accepted at the first try, in milliseconds; null while there is none. */
  p50_ms: number | null
  p95_ms: number | null
}

interface Attempt {
  endedAt: number
  isAccepted: boolean
  /** How long the way was of what nothing had held up; null of the others. */
  wayMs: number | null
}

/**
 * How quickly pushes arrive, from the newest 1,000 attempts of the time since `since` (epoch
 * milliseconds). Where those are from less than a minute, the rate of a minute is computed from them.
 */
export async function readThroughput(now: number, since: number): Promise<Throughput> {
  const newest = await newestAttempts()
  const attempts = newest.filter(({ endedAt }) => endedAt >= since)
  const oldest = attempts.at(-1)?.endedAt ?? now
  const seenMs = attempts.length < LOOKED_AT ? MINUTE_MS : Math.min(MINUTE_MS, now - oldest)
  const accepted = attempts.filter(({ isAccepted }) => isAccepted)
  const recent = accepted.filter(({ endedAt }) => endedAt > now - MINUTE_MS)
  const ways = accepted.flatMap(({ wayMs }) => wayMs ?? []).sort((a, b) => a - b)

  return {
    per_minute: Math.round((recent.length / Math.max(seenMs, 1)) * MINUTE_MS),
    p50_ms: percentile(ways, 0.5),
    p95_ms: percentile(ways, 0.95),
  }
}

/** The newest first. */
async function newestAttempts(): Promise<Attempt[]> {
  const newest = db
    .from('delivery_attempts')
    // A digest waits for hours by intent.
    .where('channel', 'webhook')
    .orderBy('id', 'desc')
    .limit(LOOKED_AT)
    .as('newest')
  const rows = await db
    .from(newest)
    .leftJoin('notification_jobs as job', 'job.id', 'newest.job_id')
    .orderBy('newest.id', 'desc')
    .select('newest.started_at', 'newest.duration_ms', 'newest.outcome', 'newest.attempt')
    .select('job.created_at', 'job.priority')

  return rows.map((row) => {
    const endedAt = Number(row.started_at) + row.duration_ms
    const isDirect = row.attempt === 1 && row.priority >= 0
    return {
      endedAt,
      isAccepted: row.outcome === 'accepted',
      wayMs: isDirect ? Math.max(0, endedAt - Number(row.created_at)) : null,
    }
  })
}

function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}
