import { conditionOf } from '#health/process_condition'
import { isUp, readProcesses, standsStillFor, type ProcessState } from '#health/processes'
import type { MetricSet } from '#metrics/metric_set'

/**
 * What each process last said of itself. Those of one kind on one host are told together, so that a
 * restart begins no new series: the largest of them counts.
 *
 * @param now epoch milliseconds
 */
export async function addProcessMetrics(set: MetricSet, now: number, stuckMs: number) {
  const processes = await readProcesses(now)
  const up = processes.filter((state) => isUp(state, now))
  const most = (of: (state: ProcessState) => number) =>
    [...Map.groupBy(up, labelKey).values()].map(
      (same) => [labelsOf(same[0]!), Math.max(...same.map(of))] as const
    )
  const conditions = Map.groupBy(
    processes,
    (state) => `${state.kind} ${conditionOf(state, processes, stuckMs, now)}`
  )

  set.gauge(
    'regou_processes',
    'Processes by what they do and how they are: at work, starting, stuck, dead, ended, replaced.',
    [...conditions.values()].map((same) => [
      { process: same[0]!.kind, condition: conditionOf(same[0]!, processes, stuckMs, now) },
      same.length,
    ])
  )
  set.gauge(
    'regou_process_stuck_seconds',
    'For how long a round of work has not got ahead; 0 while it does, or rests.',
    most((state) => standsStillFor(state, now) / 1000)
  )
  set.gauge(
    'regou_process_start_time_seconds',
    'When a process was started, in seconds since 1970.',
    most((state) => state.started_at / 1000)
  )
  set.gauge(
    'regou_process_rpc_silent_seconds',
    'For how long no RPC endpoint has answered a process; 0 while one does.',
    most(({ rpc_silent_since: since }) => (since === null ? 0 : (now - since) / 1000))
  )
  set.gauge(
    'regou_process_resident_memory_bytes',
    'Memory of a process.',
    most(({ figures }) => figures.rss_bytes ?? 0)
  )
  set.gauge(
    'regou_process_event_loop_utilization_ratio',
    'Share of the last seconds in which the event loop of a process was busy.',
    most(({ figures }) => figures.loop_busy ?? 0)
  )
  set.counter(
    'regou_process_cpu_seconds_total',
    'Processor time since a process was started.',
    most(({ figures }) => figures.cpu_seconds ?? 0)
  )
  set.counter(
    'regou_process_steps_total',
    'Steps of its work that a process has made since it was started.',
    most(({ steps }) => steps)
  )
}

const labelsOf = ({ kind, host }: ProcessState) => ({ process: kind, host })
const labelKey = (state: ProcessState) => JSON.stringify(labelsOf(state))
