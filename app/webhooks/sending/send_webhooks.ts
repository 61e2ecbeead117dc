import type { Logger } from '@adonisjs/core/logger'
import { systemClock } from '#foundation/clock'
import type { Clock } from '#foundation/clock'
import type { PlannedChannel } from '#delivery/channel'
import { watchCommits } from '#foundation/db/watch_commits'
import { leaseOwner } from '#foundation/db/lease_owner'
import { keepInMemory } from '#foundation/db/tune_sqlite'
import { syncEnvironmentEndpoints } from '#webhooks/sending/environment_endpoints'
import { WebhookChannel } from '#webhooks/sending/webhook_channel'
import { DeliveryLog } from '#delivery/delivery_log'
import type { BudgetLimits } from '#delivery/lanes/budget'
import { ownBudget } from '#delivery/lanes/own_budget'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { Planner } from '#delivery/planning/planner'
import { Replayer } from '#webhooks/replays/replayer'
import { Pruner } from '#delivery/retention'
import { Sender } from '#delivery/sender'

/**
 * What is claimed, sent and noted within a second. The larger cache that bulk inserts need would
 * take new memory for every page, and cost a twentieth of the rate.
 */
const PAGE_CACHE_KIB = 8192

interface Wiring {
  /** All channels that there are: what is planned here is planned for all of them. */
  channels: readonly PlannedChannel[]
  clock?: Clock
  /** Answers a number from 0 to 1. */
  random?: () => number
  budget?: BudgetLimits
}

/**
 * Plans, replays, prunes and sends webhooks until `signal` aborts and what was under way is finished.
 *
 * @throws UnusableSettings when the endpoints of the environment cannot be served
 */
export async function sendWebhooks(
  settings: DeliverySettings,
  logger: Logger,
  signal: AbortSignal,
  { channels, clock = systemClock, random = Math.random, budget = ownBudget() }: Wiring
) {
  await keepInMemory({ pagesKib: PAGE_CACHE_KIB })
  await syncEnvironmentEndpoints(settings, clock)
  const watcher = await watchCommits()
  const channel = new WebhookChannel(settings, clock)
  const log = new DeliveryLog(logger)

  const targets = await channel.targets()
  log.started(
    'webhooks',
    targets.map((target) => target.label)
  )
  try {
    const replayer = new Replayer({
      clock,
      pollMs: settings.pollMs,
      onFault: (error) => log.fault(error),
    })
    const pruner = new Pruner({
      clock,
      retention: settings.retention,
      onFault: (error) => log.fault(error),
    })
    const sender = new Sender({
      channel,
      channels,
      planner: new Planner(clock, settings.expiry, channels, log),
      owner: leaseOwner(),
      clock,
      random,
      log,
      budget,
      limits: { pause: settings.pause, caps: settings.caps },
      disableAfterMs: settings.disableAfterMs,
      pollMs: settings.pollMs,
      stopWithinMs: settings.stopWithinMs,
    })
    await Promise.all([sender.run(watcher, signal), replayer.run(signal), pruner.run(signal)])
  } finally {
    await channel.close()
    await watcher.close()
  }
  log.stopped()
}
