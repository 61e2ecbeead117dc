import type { Logger } from '@adonisjs/core/logger'
import { systemClock, type Clock } from '#foundation/clock'
import { watchCommits } from '#foundation/db/watch_commits'
import type { PlannedChannel } from '#delivery/channel'
import { DeliveryLog } from '#delivery/delivery_log'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { Planner } from '#delivery/planning/planner'
import { Pruner } from '#delivery/retention'
import { ownBudget } from '#delivery/lanes/own_budget'
import { Sender } from '#delivery/sender'
import type { ILinkClient } from '#wechat/ilink/client'
import { Answers } from '#wechat/polling/answers'
import { HostPauses } from '#wechat/polling/host_pauses'
import { IdleCursors } from '#wechat/polling/idle_cursors'
import { Pollers } from '#wechat/polling/pollers'
import { PollingLease } from '#wechat/polling/polling_lease'
import { PollingLog } from '#wechat/polling/polling_log'
import { TypingSign } from '#wechat/polling/typing_sign'
import { KeepAlive } from '#wechat/sending/keep_alive'
import { MessageSender } from '#wechat/sending/message_sender'
import { TestMessages } from '#wechat/sending/test_messages'
import { WechatChannel } from '#wechat/sending/wechat_channel'

/**
 * Every answer is several commits of this process itself, and a push may be so much later, in
 * milliseconds.
 */
const GATHER_MS = 250

interface Wiring {
  /** All channels that there are: what is planned here is planned for all of them. */
  channels: readonly PlannedChannel[]
  client: ILinkClient
  clock?: Clock
  /** Answers a number from 0 to 1. */
  random?: () => number
}

/**
 * Polls for what users write in WeChat, answers it, and sends pushes to exactly those bindings that
 * it polls for, until `signal` aborts and what was under way is finished.
 */
export async function sendWechat(
  settings: DeliverySettings,
  logger: Logger,
  signal: AbortSignal,
  { channels, client, clock = systemClock, random = Math.random }: Wiring
) {
  const watcher = await watchCommits()
  const lease = new PollingLease(clock)
  const { owner } = lease
  const log = new PollingLog(logger)
  const deliveryLog = new DeliveryLog(logger)
  const onFault = (error: Error) => log.fault(error)

  const messages = new MessageSender(client, clock, onFault)
  const typing = new TypingSign(client, clock)
  const answers = new Answers({ sender: messages, typing, clock, owner, log })
  const pollers = new Pollers({
    lease,
    client,
    clock,
    log,
    idle: new IdleCursors(owner),
    pauses: new HostPauses(clock, random),
    answer: (binding, fresh) => answers.take(binding, fresh),
    onStart: (binding) => answers.takeLeftOver(binding),
  })
  const sender = new Sender({
    channel: new WechatChannel({ sender: messages, owner, clock, onFault }),
    channels,
    owner,
    clock,
    random,
    log: deliveryLog,
    planner: new Planner(clock, settings.expiry, channels, deliveryLog),
    limits: { pause: settings.pause, caps: settings.caps },
    budget: ownBudget(),
    // Failures say nothing about a login: the server was not there.
    disableAfterMs: Infinity,
    pollMs: settings.pollMs,
    gatherMs: GATHER_MS,
    stopWithinMs: settings.stopWithinMs,
  })
  const keepAlive = new KeepAlive({ sender: messages, owner, clock, onFault })
  const tests = new TestMessages({ sender: messages, owner, clock, onFault })
  const pruner = new Pruner({ clock, retention: settings.retention, onFault })

  try {
    const works = [pollers, keepAlive, tests, pruner].map((work) => work.run(signal))
    await Promise.all([sender.run(watcher, signal), ...works])
    await answers.settled(settings.stopWithinMs)
  } finally {
    await lease.end().catch(onFault)
    await watcher.close()
  }
  deliveryLog.stopped()
}
