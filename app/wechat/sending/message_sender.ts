import { randomUUID } from 'node:crypto'
import type { Clock } from '#foundation/clock'
import { insist } from '#foundation/db/insist'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type { ILinkClient } from '#wechat/ilink/client'
import type { SendResult } from '#wechat/ilink/sent'
import { expireBinding } from '#wechat/polling/expire_binding'
import { beginMessage, finishMessage, wordsOf } from '#wechat/sending/stored_message'
import type { OutgoingMessage } from '#wechat/sending/stored_message'

/**
 * Sends everything to a binding, answers and pushes: counts every message in the database
 * before its request, and writes down what became of it.
 */
export class MessageSender {
  readonly #client: Pick<ILinkClient, 'sendText'>
  readonly #clock: Clock
  readonly #onFault: (error: Error) => void

  /** @param onFault is told why the database could not be written */
  constructor(
    client: Pick<ILinkClient, 'sendText'>,
    clock: Clock,
    onFault: (error: Error) => void
  ) {
    this.#client = client
    this.#clock = clock
    this.#onFault = onFault
  }

  /**
   * Sends one message, to be decided on anew when that answers null: the user has written meanwhile,
   * another message has gone, the binding has ended or is another process's now, or the jobs are.
   *
   * @param binding as it was decided on: its state counts, and its newest context token
   */
  async send(binding: WechatBotBinding, message: OutgoingMessage): Promise<SendResult | null> {
    const clientId = randomUUID()
    const messageId = await beginMessage(binding, message, clientId, this.#clock.now())
    if (messageId === null) {
      return null
    }
    const { baseUrl, botToken, userWxId, contextToken } = binding
    const result = await this.#client.sendText(
      { baseUrl, botToken },
      { to: userWxId, clientId, contextToken: contextToken ?? '', text: message.text }
    )
    const now = this.#clock.now()
    await this.#insist(() => finishMessage(binding, message, messageId, result, now))
    if (result.kind === 'dead') {
      await this.#insist(() => expireBinding(binding.id, wordsOf(result), this.#clock.now()))
    }
    return result
  }

  /** Only this process knows what became of the message. */
  #insist(work: () => Promise<void>): Promise<void> {
    return insist(work, { clock: this.#clock, onFault: this.#onFault })
  }
}
