import type { Clock } from '#foundation/clock'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { ILinkFailure } from '#wechat/ilink/answer'
import type { ILinkClient } from '#wechat/ilink/client'

/** A ticket is good for a day; a new one is asked for a little earlier, in milliseconds. */
const TICKET_MS = 20 * 60 * 60_000

/** Shows in the chat that an answer is being written. It costs nothing of what may be sent. */
export class TypingSign {
  readonly #client: Pick<ILinkClient, 'typingTicket' | 'showTyping'>
  readonly #clock: Clock
  readonly #tickets = new Map<number, { ticket: string; askedAt: number }>()

  constructor(client: Pick<ILinkClient, 'typingTicket' | 'showTyping'>, clock: Clock) {
    this.#client = client
    this.#clock = clock
  }

  /**
   * Shows the sign, or takes it away. An answer is worth the same without it, so nothing about it
   * fails.
   *
   * @returns false when the token of the bot is dead
   */
  async show(binding: WechatBotBinding, isTyping: boolean): Promise<boolean> {
    const { baseUrl, botToken, userWxId } = binding
    try {
      const found = await this.#ticket(binding)
      if (found.ticket === null) {
        return !found.isDead
      }
      const bot = { baseUrl, botToken }
      const answer = await this.#client.showTyping(bot, userWxId, found.ticket, isTyping)
      return answer.kind !== 'dead'
    } catch (error) {
      if (error instanceof ILinkFailure) return true
      throw error
    }
  }

  forget(bindingId: number) {
    this.#tickets.delete(bindingId)
  }

  async #ticket({ id, baseUrl, botToken, userWxId, contextToken }: WechatBotBinding) {
    const now = this.#clock.elapsed()
    const known = this.#tickets.get(id)
    if (known && now - known.askedAt < TICKET_MS) {
      return { ticket: known.ticket, isDead: false }
    }
    const answer = await this.#client.typingTicket(
      { baseUrl, botToken },
      userWxId,
      contextToken ?? ''
    )
    const ticket = answer.kind === 'ok' ? answer.ticket : null
    if (ticket !== null) this.#tickets.set(id, { ticket, askedAt: now })
    return { ticket, isDead: answer.kind === 'dead' }
  }
}
