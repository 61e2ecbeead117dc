import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { Lease } from '#foundation/db/lease'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { gotAhead } from '#foundation/rounds'
import { workOrStandBy } from '#foundation/standby'
import { reviewOrders } from '#orders/review_orders'
import { checkThresholds, type OrderThresholds } from '#orders/thresholds'
import { expireUnconfirmed, tellUnfilled, type OrderLimits } from '#orders/time_limits'
import { cleanJobs } from '#verification/jobs/clean_jobs'
import { failOverdue } from '#verification/jobs/overdue_jobs'
import { queueFilled } from '#verification/jobs/queue_filled'

export interface MonitorOptions {
  limits: OrderLimits
  thresholds: OrderThresholds
  clock: Clock
  logger: Logger
}

/** How often the queues are put in order and thresholds compared, in milliseconds. */
const UPKEEP_MS = 60_000

/**
 * Follows the orders of all accounts until the signal aborts: moves those that the venue speaks of,
 * queues what was filled, and does what the clock decides. One process works, others stand by.
 */
export async function monitorOrders(options: MonitorOptions, signal: AbortSignal): Promise<void> {
  const { clock, logger } = options
  const lease = new Lease('orders')
  const onStandby = () => logger.info('another process monitors the orders; standing by')
  const work = () =>
    workOrStandBy({ lease, clock, onStandby }, () => follow(lease, options, signal), signal)
  await outlastFaults(work, options, signal)
}

/** Ends when the lease is lost. */
async function follow(lease: Lease, options: MonitorOptions, signal: AbortSignal) {
  const { clock, logger } = options
  const over = new AbortController()
  const both = AbortSignal.any([signal, over.signal])
  const commits = new SharedCommitWatcher()
  let keptUpAt = -Infinity
  logger.info('monitoring orders')

  const turn = async () => {
    if (!(await lease.keep(clock.now()))) {
      return false
    }
    await checkOrders(options)
    if (clock.elapsed() >= keptUpAt + UPKEEP_MS) {
      keptUpAt = clock.elapsed()
      await checkThresholds(options.thresholds, clock)
      await cleanJobs(clock)
    }
    return true
  }
  both.addEventListener('abort', () => void commits.close(), { once: true })
  for await (const isHeld of commits.reads(turn, both)) {
    if (!isHeld) over.abort()
  }
}

/** The three checks: what was announced is confirmed, what was confirmed is filled, what was filled is verified. */
export async function checkOrders({ limits, clock }: MonitorOptions): Promise<void> {
  while ((await reviewOrders(limits, clock)) > 0) gotAhead()
  while ((await queueFilled(clock)) > 0) gotAhead()
  await expireUnconfirmed(clock)
  await tellUnfilled(clock)
  await failOverdue(clock)
}
