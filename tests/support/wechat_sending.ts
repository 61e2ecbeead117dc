import logger from '@adonisjs/core/services/logger'
import type { Clock } from '#foundation/clock'
import { leaseOwner } from '#foundation/db/lease_owner'
import ChatPreference from '#models/chat_preference'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type { Channel } from '#delivery/channel'
import { DeliveryLog } from '#delivery/delivery_log'
import { Dispatcher } from '#delivery/dispatcher'
import { Budget } from '#delivery/lanes/budget'
import { Gatekeeper } from '#delivery/lanes/gatekeeper'
import { Lanes } from '#delivery/lanes/lanes'
import { FailingTargets } from '#delivery/outcomes/failing_targets'
import type { Outcome } from '#delivery/outcomes/outcome'
import { OutcomeWriter } from '#delivery/outcomes/outcome_writer'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { JobQueue } from '#delivery/queue/job_queue'
import { recoverOrphans } from '#delivery/queue/left_behind'
import { WakeUp } from '#delivery/wake_up'
import type { ILinkClient } from '#wechat/ilink/client'
import type { SendResult } from '#wechat/ilink/sent'
import { KeepAlive } from '#wechat/sending/keep_alive'
import { MessageSender } from '#wechat/sending/message_sender'
import { WechatChannel } from '#wechat/sending/wechat_channel'
import { wechat } from '#wechat/sending/wechat_subscribers'
import { storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'

export const POLLER = 'a process of tests'

/** A binding of a user with Pro who has written a moment ago, polled by the process of tests. */
export async function storeOpenBinding(
  clock: Pick<Clock, 'now'>,
  columns: Partial<WechatBotBinding> = {}
) {
  const binding = await storeBinding({
    pollOwner: POLLER,
    pollFence: 1,
    contextToken: 'context',
    inboundSeq: 1,
    lastInboundAt: clock.now(),
    sendsSinceInbound: 0,
    pushesSinceInbound: 0,
    ...columns,
  })
  await binding.refresh()
  return binding
}

/** What the user wants of creations of a venue: those that fit the filter. */
export function wantCreated(userId: number, filter: string) {
  return ChatPreference.create({
    userId,
    switches: { 'four.created': filter },
    createdAt: 0,
    updatedAt: 0,
  })
}

export const ACCEPTED: SendResult = { kind: 'accepted', messageId: '1' }
export const REFUSED: SendResult = { kind: 'refused', ret: -2, errcode: 0, text: 'prepare failed' }
export const UNKNOWN: SendResult = { kind: 'unknown', why: 'no answer' }

/** A server of WeChat that answers as a test wants, and keeps what it was sent. */
export class PlayPhone {
  readonly texts: string[] = []
  answer: SendResult | (() => Promise<SendResult>) = ACCEPTED

  async sendText(_bot: unknown, { text }: { text: string }): Promise<SendResult> {
    this.texts.push(text)
    return typeof this.answer === 'function' ? this.answer() : this.answer
  }
}

/**
 * Plans and sends over WeChat, a round at a time, by a clock that tests move.
 *
 * @param client speaks to a play server; without one all goes to a phone that tests answer for
 */
export async function wechatSending({
  onFault = fail as (error: Error) => void,
  clock = new SettableClock(),
  client = undefined as ILinkClient | undefined,
} = {}) {
  const phone = new PlayPhone()
  const sender = new MessageSender(client ?? phone, clock, onFault)
  const channel = new WechatChannel({ sender, owner: POLLER, clock, onFault })
  const planner = new Planner(clock, NEVER_EXPIRES, [wechat])

  return {
    clock,
    phone,
    sender,
    channel,
    keepAlive: new KeepAlive({ sender, owner: POLLER, clock, onFault: fail }),
    /** A user with Pro, and the binding. */
    async bind(columns: Partial<WechatBotBinding> = {}) {
      const binding = await storeOpenBinding(clock, { boundAt: clock.now(), ...columns })
      await givePro(binding.userId, clock)
      clock.pass(10_000)
      return binding
    },
    /** A launch that happens now. */
    launch: (columns: object = {}) =>
      storeLaunch({
        kind: 'graduated',
        event_time: clock.now(),
        created_at: clock.now(),
        ...columns,
      }),
    plan: () => planner.plan(),
    /** Plans, and sends what may be sent at this moment. */
    async round() {
      await planner.plan()
      await sendRound(channel, clock)
    },
    /** The user writes. */
    async write(binding: WechatBotBinding) {
      await binding.refresh()
      await binding
        .merge({
          inboundSeq: binding.inboundSeq + 1,
          lastInboundAt: clock.now(),
          sendsSinceInbound: 0,
          pushesSinceInbound: 0,
        })
        .save()
      clock.pass(5000)
    },
  }
}

/** What a sender does in one turn, with lanes that last no longer. */
export async function sendRound(channel: Channel, clock: SettableClock) {
  const owner = leaseOwner()
  const log = new DeliveryLog(logger)
  const wakeUp = new WakeUp()
  const queue = new JobQueue(channel.name, owner, clock)
  const store = (outcomes: readonly Outcome[]) =>
    storeOutcomes({ channel, channels: [channel], owner }, outcomes)
  const writer = new OutcomeWriter({ store, log, wakeUp, clock })
  const failing = new FailingTargets(channel, Infinity, log)
  const gatekeeper = new Gatekeeper(channel, clock)
  const random = () => 0.5
  // All that may go goes in this round, however slow the machine is.
  const budget = new Budget({ requests: 1000, bytes: Infinity }, Infinity)
  const dispatcher = new Dispatcher({
    queue,
    writer,
    log,
    failing,
    wakeUp,
    budget,
    clock,
    random,
  })
  const limits = { pause: { firstMs: 1000, longestMs: 1000 }, caps: {} }
  const lanes = new Lanes({ queue, budget, gatekeeper, clock, limits, dispatcher })

  const targets = await failing.review()
  lanes.refresh(targets)
  await gatekeeper.review(targets)
  await recoverOrphans(channel.name, clock.now(), () => false)
  await lanes.fill()
  lanes.closeAll()
  await lanes.settled()
  await dispatcher.returnReleased()
  await writer.drain()
}

function fail(error: Error) {
  throw error
}
