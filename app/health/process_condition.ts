import { isAtWork, isUp, type ProcessState } from '#health/processes'

/** How a process is: it works, begins, was told to end, was replaced, or died without a word. */
export type ProcessCondition = 'at work' | 'starting' | 'ended' | 'replaced' | 'dead'

/**
 * What a process among others is now. One that died is replaced when another does the same work.
 *
 * @param now epoch milliseconds
 */
export function conditionOf(
  state: ProcessState,
  processes: readonly ProcessState[],
  now: number
): ProcessCondition {
  if (isUp(state, now)) return isAtWork(state, now) ? 'at work' : 'starting'
  if (state.ended_at !== null) return 'ended'
  return processes.some((other) => other.kind === state.kind && isUp(other, now))
    ? 'replaced'
    : 'dead'
}
