import { countOpenAlerts } from '#delivery/alerts'
import { readBacklog, type Backlog } from '#health/push/backlog'
import { readCollectors, type Collectors } from '#health/push/collectors'
import { coverageOf, type Coverage } from '#health/push/coverage'
import { eligibleAudience } from '#health/push/eligible_audience'
import { countEndpoints, type EndpointCounts } from '#health/push/endpoints'
import { launchesStored } from '#health/push/launches_stored'
import { readOutbox, type Outbox } from '#health/push/outbox'
import { readPace, type Pace } from '#health/push/pace'
import { plannedPushes } from '#health/push/planned_pushes'
import { readProcesses, type ProcessState } from '#health/push/processes'
import { readTotals, type Totals } from '#health/push/totals'
import { countUndelivered, type Undelivered } from '#health/push/undelivered'
import type { Window } from '#health/push/window'

/** Everything there is to know about how pushing does. Times are epoch milliseconds. */
export interface PushHealthFigures {
  coverage: Coverage
  outbox: Outbox
  backlog: Backlog
  pace: Pace
  undelivered: Undelivered
  totals: Totals
  endpoints: EndpointCounts
  collectors: Collectors
  processes: ProcessState[]
  open_alerts: number
}

/** Reads all figures, one after the other: nobody is to wait because somebody looks. */
export async function readFigures(window: Window, now: number): Promise<PushHealthFigures> {
  const planned = await plannedPushes(window)
  const stored = await launchesStored(window)
  return {
    coverage: coverageOf(planned, stored, await eligibleAudience(now)),
    outbox: await readOutbox(),
    backlog: await readBacklog(),
    pace: await readPace(now, window.since),
    undelivered: await countUndelivered(),
    totals: await readTotals(),
    endpoints: await countEndpoints(),
    collectors: await readCollectors(),
    processes: await readProcesses(now),
    open_alerts: await countOpenAlerts(),
  }
}
