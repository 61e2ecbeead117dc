import { durationText, optionalDuration, percentText } from '#foundation/text/figures'
import { isUp, lastSeen, type ProcessState } from '#health/processes'
import type { PushHealthReport } from '#health/report'

/** The figures of a report by their names, for a terminal. */
export function reportLines(report: PushHealthReport): [string, string | number][] {
  const { coverage, backlog, pace, outbox, undelivered, endpoints, collectors } = report
  const age = (time: number | null) =>
    time === null ? '-' : durationText(report.checked_at - time)

  return [
    ['due', coverage.due],
    ['sent', coverage.sent],
    ...coverage.by_launch.map((launch): [string, string] => [
      `${launch.source} ${launch.kind}`,
      `${launch.launches} launches, ${launch.eligible_users} eligible users, ` +
        `${launch.sent} of ${launch.due} sent` +
        (launch.coverage === null ? '' : ` (${percentText(launch.coverage)})`),
    ]),
    ['a minute', pace.per_minute],
    [
      'planned to accepted',
      `p50 ${optionalDuration(pace.p50_ms) ?? '-'}, p95 ${optionalDuration(pace.p95_ms) ?? '-'}`,
    ],
    ['not planned yet', `${outbox.facts}, the oldest for ${age(outbox.oldest_at)}`],
    ['waiting', `${backlog.new} new, the oldest for ${age(backlog.oldest_new_at)}`],
    ['to be tried again', backlog.tried],
    ['replayed', backlog.replayed],
    ['failed', undelivered.failed],
    ['expired', undelivered.expired],
    ['held', undelivered.held],
    ['skipped', undelivered.skipped],
    [
      'endpoints',
      `${endpoints.active} active, ${endpoints.failing} of them failing, ${endpoints.disabled} disabled`,
    ],
    ...collectors.chains.map((chain): [string, string] => [
      `chain ${chain.chain_id}`,
      `block ${chain.block_number}, ${chain.blocks_behind} behind, read ${age(chain.read_at)} ago`,
    ]),
    ...report.processes.map((process): [string, string] => [
      process.kind,
      processText(process, report.checked_at),
    ]),
    ['open gaps', `${collectors.gaps.open} (${collectors.gaps.blocks} blocks)`],
    ['undecodable logs', collectors.quarantined_logs],
    ['open alerts', report.open_alerts],
  ]
}

function processText(process: ProcessState, now: number): string {
  const { host, pid, version, started_at: startedAt } = process
  const where = `${host}, pid ${pid}, version ${version}`
  if (isUp(process, now)) {
    return `up for ${durationText(now - startedAt)} (${where})`
  }
  const since = durationText(now - lastSeen(process))
  return process.ended_at === null
    ? `died ${since} ago (${where})`
    : `ended ${since} ago (${where})`
}
