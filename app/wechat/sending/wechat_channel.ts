import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import type { Cause, Failure } from '#models/reasons'
import WechatBotBinding from '#models/wechat_bot_binding'
import type { Channel } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import { BindingTarget } from '#wechat/sending/binding_target'
import { readGateInputs } from '#wechat/sending/gate_inputs'
import type { GateInputs } from '#wechat/sending/gate_inputs'
import { settleLostMessages } from '#delivery/messages/lost_messages'
import type { MessageSender } from '#wechat/sending/message_sender'
import { nextPush } from '#wechat/sending/next_push'
import { wechat, WECHAT_MESSAGES } from '#wechat/sending/wechat_subscribers'
import { expireBinding } from '#wechat/polling/expire_binding'

/** It waits until the event is too old. */
const RETRY: RetryPolicy = { waits: [5000, 30_000, 60_000, 300_000], maxRetries: 1000 }

interface ChannelParts {
  sender: MessageSender
  /** The name under which this process polls bindings: it sends to those alone. */
  owner: string
  clock: Clock
  onFault: (error: Error) => void
  /** When what did not leave is tried again. */
  retry?: RetryPolicy
}

/** Messages to users' own WeChat, for exactly those bindings that this process polls. */
export class WechatChannel implements Channel {
  readonly name = wechat.name
  readonly deliveredColumn = wechat.deliveredColumn
  readonly mostWaiting = wechat.mostWaiting
  readonly targetTable = wechat.targetTable
  readonly subscribers = wechat.subscribers
  readonly #parts: Required<ChannelParts>
  #targets = new Map<number, BindingTarget>()

  constructor(parts: ChannelParts) {
    this.#parts = { retry: RETRY, ...parts }
  }

  async targets() {
    const { owner, clock } = this.#parts
    await settleLostMessages(WECHAT_MESSAGES, clock.now())
    const inputs = await readGateInputs(owner, null, clock.now())

    const current = inputs.map(({ binding: { id, failingSince } }) => {
      const known = this.#targets.get(id)
      return known?.failingSince === failingSince
        ? known
        : new BindingTarget(id, failingSince, this.#parts)
    })
    this.#targets = new Map(current.map((target) => [target.id, target]))
    this.#setGates(inputs)
    return current
  }

  readonly readGates = async (bindingIds: readonly number[]) => {
    const { owner, clock } = this.#parts
    this.#setGates(await readGateInputs(owner, bindingIds, clock.now()))
  }

  async outOfService(bindingIds: readonly number[]) {
    const rows: { id: number | string }[] = await db
      .from('wechat_bot_bindings')
      .where('status', 'active')
      .whereIn('id', [...bindingIds])
      .select('id')
    const active = new Set(rows.map(({ id }) => Number(id)))
    return bindingIds.filter((id) => !active.has(id))
  }

  /** A user is told when only a new scan helps, and not before. */
  async warn() {}

  /** What failed for days says nothing about the login: the server was not there. */
  async disable(bindingId: number, { reason, detail }: Cause<Failure>, failedSince: number | null) {
    if (failedSince !== null) return
    await expireBinding(bindingId, detail ?? reason, this.#parts.clock.now())
  }

  async setFailingSince(bindingId: number, since: number | null) {
    await WechatBotBinding.query().where('id', bindingId).update({ failingSince: since })
  }

  /** What is under way ends by itself: cut, it might have arrived. */
  interrupt() {}

  async close() {}

  #setGates(inputs: readonly GateInputs[]) {
    const now = this.#parts.clock.now()
    for (const { binding, waiting, wish } of inputs) {
      this.#targets.get(binding.id)?.gate.set(nextPush(binding, waiting, wish, now))
    }
  }
}
