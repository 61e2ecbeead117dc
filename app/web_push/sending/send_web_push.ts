import type { Logger } from '@adonisjs/core/logger'
import { systemClock, type Clock } from '#foundation/clock'
import { leaseOwner } from '#foundation/db/lease_owner'
import { watchCommits } from '#foundation/db/watch_commits'
import { AddressGuard } from '#foundation/net/address_guard'
import type { PlannedChannel } from '#delivery/channel'
import { DeliveryLog } from '#delivery/delivery_log'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { ownBudget } from '#delivery/lanes/own_budget'
import { Planner } from '#delivery/planning/planner'
import { Pruner } from '#delivery/retention'
import { Sender } from '#delivery/sender'
import type { ServerKey } from '#web_push/message/server_key'
import { PushClient } from '#web_push/sending/push_client'
import { WebPushChannel } from '#web_push/sending/web_push_channel'
import { retireOthersThan } from '#web_push/subscriptions/browsers'

interface Wiring {
  /** All channels that there are: what is planned here is planned for all of them. */
  channels: readonly PlannedChannel[]
  key: ServerKey
  clock?: Clock
}

/** Sends notifications to browsers until `signal` aborts. Any number of processes may do so. */
export async function sendWebPush(
  settings: DeliverySettings,
  logger: Logger,
  signal: AbortSignal,
  { channels, key, clock = systemClock }: Wiring
) {
  const log = new DeliveryLog(logger)
  const onFault = (error: Error) => log.fault(error)
  await retireOthersThan(key.publicKey, clock)
  const client = new PushClient(key, new AddressGuard(settings.allowedNetworks))
  const channel = new WebPushChannel({ client, clock, onFault })
  const watcher = await watchCommits()
  const sender = new Sender({
    channel,
    channels,
    owner: leaseOwner(),
    clock,
    random: Math.random,
    log,
    planner: new Planner(clock, settings.expiry, channels, log),
    limits: { pause: settings.pause, caps: settings.caps },
    budget: ownBudget(),
    // Failures say nothing about a browser: its push service was not there.
    disableAfterMs: Infinity,
    pollMs: settings.pollMs,
    stopWithinMs: settings.stopWithinMs,
  })
  const pruner = new Pruner({ clock, retention: settings.retention, onFault })
  logger.info('Sending notifications to browsers')
  try {
    await Promise.all([sender.run(watcher, signal), pruner.run(signal)])
  } finally {
    await channel.close()
    await watcher.close()
  }
  log.stopped()
}
