import { FAULTS, type EndpointMark } from '#foundation/rpc/endpoint_marks'
import type { PollState } from '#health/collectors'
import { silenceLevel, type HealthFinding } from '#health/finding'
import { isAtWork, type ProcessState } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'

/** The process that polls a source. */
const pollerOf = (source: string) => `scan:${source}`

/** Endpoints that were caught, and a limit that makes a reading less certain. */
export function markedEndpoints(processes: readonly ProcessState[], now: number): HealthFinding[] {
  return processes
    .filter((state) => isAtWork(state, now))
    .flatMap(({ kind: process, endpoint_marks: marks, trusted_endpoints: trusted }) =>
      marks.flatMap((mark): HealthFinding[] => {
        const level = markLevel(mark, trusted)
        const { endpoint, reason, detail } = mark
        return level ? [{ name: 'endpoint_marked', level, process, endpoint, reason, detail }] : []
      })
    )
}

/** Where no endpoint may be believed, nothing proves what is read. */
function markLevel({ reason }: EndpointMark, trusted: number | null) {
  if (FAULTS.includes(reason)) {
    return trusted === 0 ? 'critical' : 'degraded'
  }
  return reason === 'no_finalized' ? 'degraded' : null
}

/** A source that is polled, and has not answered since. One whose process was stopped is not missed. */
export function silentPolls(
  polls: readonly PollState[],
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  return polls.flatMap(({ name: source, polled_at: polledAt }): HealthFinding[] => {
    const working = processes.filter(
      (state) => state.kind === pollerOf(source) && isAtWork(state, now)
    )
    const starts = working.map(({ started_at: startedAt }) => startedAt)
    if (starts.length === 0) {
      return []
    }
    const since = Math.max(polledAt ?? 0, Math.min(...starts))
    const level = silenceLevel(now - since - settings.pollMs, settings)
    return level ? [{ name: 'poll_silent', level, source, silent_ms: now - since }] : []
  })
}
