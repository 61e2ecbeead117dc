import { unixSeconds } from '#delivery/envelope'

/** Figures over all that was ever sent; one attempt at one event is one push. */
export interface PushStats {
  total_pushed: number
  success_count: number
  failure_count: number
  /** Unix seconds of the newest attempt. */
  last_push_time: number | null
  /** How long accepted events took from the request to its answer; null while there are none. */
  average_delay_ms: number | null
  p50_delay_ms: number | null
  p95_delay_ms: number | null
  p99_delay_ms: number | null
  /** Events that the filter did not want. */
  left_out_count: number
  /** Events that were skipped because the filter or the template failed on them. */
  unfit_count: number
}

/** Attempts of one outcome and one duration. */
export interface AttemptCount {
  outcome: string
  duration_ms: number
  attempts: number
  total_ms: number
  last_at: number
}

/** The figures of some counts. Percentiles are right to two digits. */
export function pushStats(all: readonly AttemptCount[]): PushStats {
  const counts = all.filter(({ outcome }) => outcome === 'accepted' || outcome === 'failed')
  const accepted = counts
    .filter(({ outcome }) => outcome === 'accepted')
    .sort((a, b) => a.duration_ms - b.duration_ms)
  const total = sum(counts, 'attempts')
  const successes = sum(accepted, 'attempts')
  const last = counts.reduce((latest, { last_at: at }) => Math.max(latest, at), 0)

  return {
    total_pushed: total,
    success_count: successes,
    failure_count: total - successes,
    last_push_time: last > 0 ? unixSeconds(last) : null,
    average_delay_ms: successes > 0 ? Math.round(sum(accepted, 'total_ms') / successes) : null,
    p50_delay_ms: percentile(accepted, successes * 0.5),
    p95_delay_ms: percentile(accepted, successes * 0.95),
    p99_delay_ms: percentile(accepted, successes * 0.99),
    left_out_count: countOf(all, (outcome) => outcome === 'filtered'),
    unfit_count: countOf(all, (outcome) => outcome.endsWith('_failed')),
  }
}

function countOf(counts: readonly AttemptCount[], isMeant: (outcome: string) => boolean): number {
  const meant = counts.filter(({ outcome }) => isMeant(outcome))
  return sum(meant, 'attempts')
}

/** The duration within which `rank` of the attempts ended. */
function percentile(sorted: readonly AttemptCount[], rank: number): number | null {
  let seen = 0
  for (const { duration_ms: duration, attempts } of sorted) {
    seen += attempts
    if (seen >= rank) {
      return duration
    }
  }
  return null
}

function sum(counts: readonly AttemptCount[], column: 'attempts' | 'total_ms'): number {
  return counts.reduce((total, count) => total + count[column], 0)
}
