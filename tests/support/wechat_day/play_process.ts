import logger from '@adonisjs/core/services/logger'
import WechatBotBinding from '#models/wechat_bot_binding'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import type { ILinkClient } from '#wechat/ilink/client'
import { answerMessage } from '#wechat/polling/answer_message'
import { leftOver } from '#wechat/polling/claim_message'
import { expireBinding } from '#wechat/polling/expire_binding'
import { HostPauses } from '#wechat/polling/host_pauses'
import { IdleCursors } from '#wechat/polling/idle_cursors'
import { Poller } from '#wechat/polling/poller'
import { PollingLease, type HeldBinding } from '#wechat/polling/polling_lease'
import { PollingLog } from '#wechat/polling/polling_log'
import type { NewMessage } from '#wechat/polling/store_updates'
import { TypingSign } from '#wechat/polling/typing_sign'
import { KeepAlive } from '#wechat/sending/keep_alive'
import { MessageSender } from '#wechat/sending/message_sender'
import { WechatChannel } from '#wechat/sending/wechat_channel'
import { wechat } from '#wechat/sending/wechat_subscribers'
import type { SettableClock } from '#tests/support/settable_clock'
import { MortalClient } from '#tests/support/wechat_day/mortal_client'
import { sendRound } from '#tests/support/wechat_sending'

/** What `send:wechat` does, a turn at a time, by a clock that a test moves. */
export class PlayProcess {
  readonly client: MortalClient
  readonly #clock: SettableClock
  readonly #lease: PollingLease
  readonly #idle: IdleCursors
  readonly #sender: MessageSender
  readonly #typing: TypingSign
  readonly #channel: WechatChannel
  readonly #keepAlive: KeepAlive
  readonly #planner: Planner
  /** Pollers by binding, each with the fencing number that it polls under. */
  readonly #pollers = new Map<number, { fence: number; poller: Poller }>()
  #brought: { bindingId: number; message: NewMessage }[] = []
  #polled = new AbortController()

  constructor(client: ILinkClient, clock: SettableClock) {
    const onFault = (error: Error) => {
      throw error
    }
    this.client = new MortalClient(client)
    this.#clock = clock
    this.#lease = new PollingLease(clock)
    const { owner } = this
    this.#idle = new IdleCursors(owner)
    this.#sender = new MessageSender(this.client, clock, onFault)
    this.#typing = new TypingSign(this.client, clock)
    this.#channel = new WechatChannel({ sender: this.#sender, owner, clock, onFault })
    this.#keepAlive = new KeepAlive({ sender: this.#sender, owner, clock, onFault })
    this.#planner = new Planner(clock, NEVER_EXPIRES, [wechat])
  }

  /** Its name in leases of bindings. */
  get owner(): string {
    return this.#lease.owner
  }

  /**
   * Polls where there is mail, answers, plans and sends.
   *
   * @returns false when it was killed meanwhile
   */
  async turn(hasMail: (bindingId: number) => boolean): Promise<boolean> {
    const ended = await Promise.race([this.#turn(hasMail), this.client.killed])
    return ended !== 'killed'
  }

  async #turn(hasMail: (bindingId: number) => boolean) {
    await this.#lease.keep()
    const held = await this.#lease.held()
    const share = await this.#lease.share()
    await this.#lease.giveBack(held.slice(share).map(({ id }) => id))
    for (const binding of held.slice(0, share)) {
      if (hasMail(binding.id)) await this.#poll(binding)
    }
    await this.#idle.store()

    while ((await this.#planner.plan()) > 0) {
      // One batch after the other.
    }
    await sendRound(this.#channel, this.#clock)
    await this.#keepAlive.round()
  }

  async #poll(held: HeldBinding) {
    const poller = await this.#pollerOf(held)
    this.#polled = new AbortController()
    await poller.run(this.#polled.signal)
    for (const { bindingId, message } of this.#brought.splice(0)) {
      await this.#answer(bindingId, message)
    }
  }

  async #pollerOf({ id, fence }: HeldBinding): Promise<Poller> {
    const known = this.#pollers.get(id)
    if (known?.fence === fence) {
      return known.poller
    }
    const poller = this.#newPoller(await WechatBotBinding.findOrFail(id))
    this.#pollers.set(id, { fence, poller })
    for (const message of await leftOver(id, this.#clock.now())) {
      await this.#answer(id, message)
    }
    return poller
  }

  #newPoller(binding: WechatBotBinding) {
    const { client } = this
    const clock = this.#clock
    return new Poller(
      {
        client: {
          notifyStart: client.notifyStart,
          getUpdates: async (...given) => {
            this.#polled.abort()
            const [bot, cursor] = given
            return client.getUpdates(bot, cursor)
          },
        },
        owner: this.owner,
        idle: this.#idle,
        clock,
        log: new PollingLog(logger),
        pauses: new HostPauses(clock, () => 0),
        answer: ({ id: bindingId }, messages) => {
          this.#brought.push(...messages.map((message) => ({ bindingId, message })))
        },
      },
      binding
    )
  }

  async #answer(bindingId: number, message: NewMessage) {
    const { owner } = this
    const answering = { sender: this.#sender, typing: this.#typing, clock: this.#clock, owner }
    const dead = await answerMessage(answering, bindingId, message)
    if (dead !== null) await expireBinding(bindingId, dead, this.#clock.now())
  }
}
