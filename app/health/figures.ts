import { countOpenAlerts } from '#delivery/alerts'
import { readBacklog, type Backlog, readOutbox, type Outbox } from '#health/waiting'
import { readCollectors, type Collectors } from '#health/collectors'
import { coverageOf, type Coverage, eligibleAudience } from '#health/coverage'
import {
  countEndpoints,
  type EndpointCounts,
  readTotals,
  type Totals,
  countUndelivered,
  type Undelivered,
} from '#health/counts'
import { launchesStored } from '#health/launches_stored'
import { readThroughput, type Throughput } from '#health/throughput'
import { plannedPushes } from '#health/planned_pushes'
import { readOrdersWaiting, type OrdersWaiting } from '#health/orders'
import { readProcesses, type ProcessState } from '#health/processes'
import type { Window } from '#health/settings'
import { readWechat, type WechatFigures } from '#health/wechat'

/** Everything there is to know about how pushing does. Times are epoch milliseconds. */
export interface PushHealthFigures {
  coverage: Coverage
  outbox: Outbox
  backlog: Backlog
  pace: Throughput
  undelivered: Undelivered
  totals: Totals
  endpoints: EndpointCounts
  wechat: WechatFigures
  collectors: Collectors
  orders: OrdersWaiting
  processes: ProcessState[]
  open_alerts: number
}

/** Reads all figures, one after the other: a look must not slow down the processes at work. */
export async function readFigures(window: Window, now: number): Promise<PushHealthFigures> {
  const planned = await plannedPushes(window)
  const stored = await launchesStored(window)
  return {
    coverage: coverageOf(planned, stored, await eligibleAudience(now)),
    outbox: await readOutbox(),
    backlog: await readBacklog(),
    pace: await readThroughput(now, window.since),
    undelivered: await countUndelivered(),
    totals: await readTotals(),
    endpoints: await countEndpoints(),
    wechat: await readWechat(window, now),
    collectors: await readCollectors(now),
    orders: await readOrdersWaiting(now),
    processes: await readProcesses(now),
    open_alerts: await countOpenAlerts(),
  }
}
