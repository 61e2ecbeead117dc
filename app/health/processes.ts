import { ALIVE_MS } from '#foundation/db/heartbeat'
import type { ProcessFigures } from '#foundation/process_figures'
import type { EndpointMark } from '#foundation/rpc/endpoint_marks'
import ProcessHeartbeat from '#models/process_heartbeat'

/** A long-running process, as it last said of itself. Times are epoch milliseconds. */
export interface ProcessState {
  /** The name of its command, or `web`. */
  kind: string
  host: string
  pid: number
  version: string
  started_at: number
  beat_at: number
  /** Since when no RPC endpoint has answered it; null while one does, and for those that ask none. */
  rpc_silent_since: number | null
  /** The marks of its endpoints, and how many may be believed; null for processes that ask none. */
  endpoint_marks: EndpointMark[]
  trusted_endpoints: number | null
  /** Since when nothing stands behind what its endpoints show; null while checks hold. */
  unproven_since: number | null
  /** What it worked on last, how many steps it has made, and when the last one; null where it has no loops. */
  works_on: string | null
  steps: number
  progress_at: number | null
  /** Since when a round of a loop has not got ahead; null between two rounds. */
  waiting_since: number | null
  /** What it uses; empty before its first word. */
  figures: Partial<ProcessFigures>
  /** When it ended because it was told to, or was done; null while it works, and when it died. */
  ended_at: number | null
}

/** What runs at a time (epoch milliseconds), and what was at work last of each kind. */
export async function readProcesses(now: number): Promise<ProcessState[]> {
  const rows = await ProcessHeartbeat.query().orderBy('kind').orderBy('beat_at', 'desc')
  const states = rows.map((row): ProcessState => ({
    kind: row.kind,
    host: row.host,
    pid: row.pid,
    version: row.version,
    started_at: row.startedAt,
    beat_at: row.beatAt,
    rpc_silent_since: row.rpcSilentSince,
    endpoint_marks: row.endpointMarks as EndpointMark[],
    trusted_endpoints: row.trustedEndpoints,
    unproven_since: row.unprovenSince,
    works_on: row.worksOn,
    steps: row.steps,
    progress_at: row.progressAt,
    waiting_since: row.waitingSince,
    figures: row.figures,
    ended_at: row.endedAt,
  }))
  const isLastOfKind = (state: ProcessState) =>
    state === states.find((other) => other.kind === state.kind && hasWorked(other))
  return states.filter((state) => isUp(state, now) || isLastOfKind(state))
}

/** Whether it runs: it may have been started a moment ago, and fail in the next. */
export function isUp({ beat_at: beatAt, ended_at: endedAt }: ProcessState, now: number): boolean {
  return endedAt === null && now - beatAt < ALIVE_MS
}

/** Whether it is at work: it runs, and has done so for longer than it takes to fail at its start. */
export function isAtWork(state: ProcessState, now: number): boolean {
  return isUp(state, now) && hasWorked(state)
}

/**
 * For how long a process that lives has not got ahead, in milliseconds: a round of one of its loops is
 * under way without progress. 0 while there is progress, or nothing to do.
 */
export function standsStillFor(state: ProcessState, now: number): number {
  const { waiting_since: since } = state
  return since !== null && isAtWork(state, now) ? now - since : 0
}

/** A process that fails at its start has one beat and no end. */
function hasWorked({ beat_at: beatAt, started_at: startedAt, ended_at: endedAt }: ProcessState) {
  return endedAt !== null || beatAt > startedAt
}

export function lastSeen({ beat_at: beatAt, ended_at: endedAt }: ProcessState): number {
  return endedAt ?? beatAt
}

/** When one that does such work was seen last, in epoch milliseconds; null when none ever was. */
export function lastWorkOf(kind: string, processes: readonly ProcessState[]): number | null {
  const times = processes.filter((state) => state.kind === kind && hasWorked(state)).map(lastSeen)
  return times.length > 0 ? Math.max(...times) : null
}

/** When the oldest of the running processes was started, in epoch milliseconds; null when none runs. */
export function upSince(processes: readonly ProcessState[], now: number): number | null {
  const starts = processes.filter((state) => isUp(state, now)).map((state) => state.started_at)
  return starts.length > 0 ? Math.min(...starts) : null
}

/**
 * From when on it counts that no process does a kind of work, in epoch milliseconds: not before anything
 * runs at all, so that a start is not taken for a silence.
 *
 * @returns `now` while a process does it; null when none ever did and nothing runs
 */
export function missingSince(
  kind: string,
  processes: readonly ProcessState[],
  now: number
): number | null {
  if (processes.some((state) => state.kind === kind && isAtWork(state, now))) {
    return now
  }
  const seenAt = lastWorkOf(kind, processes)
  const startedAt = upSince(processes, now)
  return seenAt === null || startedAt === null ? (seenAt ?? startedAt) : Math.max(seenAt, startedAt)
}

/** The process of these kinds that was seen last. */
export function lastOf(processes: readonly ProcessState[], kinds: readonly string[]) {
  return processes
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<ProcessState | undefined>(
      (last, state) => (last && lastSeen(last) >= lastSeen(state) ? last : state),
      undefined
    )
}
