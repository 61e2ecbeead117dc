import type { PushHealthFigures } from '#health/figures'
import type { HealthFinding } from '#health/finding'
import type { PushHealthSettings } from '#health/settings'

type Pushed = Pick<PushHealthFigures, 'backlog' | 'endpoints' | 'pace'>

/** What says, at `now` (epoch milliseconds), that pushes arrive late, or at some endpoint not at all. */
export function pushTrouble(
  { backlog, endpoints, pace }: Pushed,
  { isPushing, backlogMs, slowMs }: PushHealthSettings,
  now: number
): HealthFinding[] {
  if (!isPushing) return []

  const findings: HealthFinding[] = []
  const waitedMs = backlog.oldest_new_at === null ? 0 : now - backlog.oldest_new_at
  if (waitedMs >= backlogMs) {
    findings.push({
      name: 'backlog_waiting',
      level: 'degraded',
      jobs: backlog.new,
      silent_ms: waitedMs,
    })
  }
  if (pace.p95_ms !== null && pace.p95_ms >= slowMs) {
    findings.push({ name: 'pushes_slow', level: 'degraded', p95_ms: pace.p95_ms })
  }
  // Endpoints of users are their owners' business: each is told of its own.
  const failingMs = endpoints.own_failing_at === null ? 0 : now - endpoints.own_failing_at
  if (failingMs >= backlogMs) {
    const failing = endpoints.own_failing
    findings.push({
      name: 'endpoints_failing',
      level: 'degraded',
      endpoints: failing,
      silent_ms: failingMs,
    })
  }
  return findings
}
