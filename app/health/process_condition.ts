import { isAtWork, isUp, standsStillFor, type ProcessState } from '#health/processes'

/** The state of a process: it works, makes no progress, starts, was stopped, was replaced, or was killed. */
export type ProcessCondition = 'at work' | 'stuck' | 'starting' | 'ended' | 'replaced' | 'dead'

/**
 * What a process among others is now. One that died is replaced when another does the same work.
 *
 * @param stuckMs after how long without progress a running process is stuck, in milliseconds
 * @param now epoch milliseconds
 */
export function conditionOf(
  state: ProcessState,
  processes: readonly ProcessState[],
  stuckMs: number,
  now: number
): ProcessCondition {
  if (standsStillFor(state, now) >= stuckMs) return 'stuck'
  if (isUp(state, now)) return isAtWork(state, now) ? 'at work' : 'starting'
  if (state.ended_at !== null) return 'ended'
  return processes.some((other) => other.kind === state.kind && isUp(other, now))
    ? 'replaced'
    : 'dead'
}
