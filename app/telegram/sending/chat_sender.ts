import type { Clock } from '#foundation/clock'
import { insist } from '#foundation/db/insist'
import { TokenBucket } from '#delivery/lanes/throttle'
import type { BotApiClient, OutgoingText } from '#telegram/bot_api/bot_api_client'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import { moveChat } from '#telegram/binding/chats'
import { retireChat } from '#telegram/binding/retire_chat'

/** What became of a message. */
export type SendResult =
  | { kind: 'accepted'; messageId: number }
  /** The chat takes nothing any more, and has ended. */
  | { kind: 'closed'; words: string }
  /** Nothing may be sent to the chat for so many milliseconds. */
  | { kind: 'too_fast'; words: string; waitMs: number }
  /** The same message would be refused again. */
  | { kind: 'refused'; words: string }
  | { kind: 'unsent'; words: string; retryAfterMs: number | null }
  | { kind: 'unknown'; words: string }

/** A little less than the 30 messages a second that Telegram names: core.telegram.org/bots/faq */
const OVERALL = { requests: 25, perMs: 1000 }

/** The pause where Telegram is too busy to say for how long, in milliseconds. */
const PAUSE_MS = 5000

interface ChatSenderParts {
  client: Pick<BotApiClient, 'sendMessage'>
  clock: Clock
  onFault: (error: Error) => void
}

/** Sends everything that the bot says, answers and pushes: keeps to the rate limit of all chats together. */
export class ChatSender {
  readonly #parts: ChatSenderParts
  readonly #bucket = new TokenBucket(OVERALL)

  constructor(parts: ChatSenderParts) {
    this.#parts = parts
  }

  /** Sends one message. A group that has moved gets it where it is now; a chat that is closed ends. */
  async send(chatId: number, message: OutgoingText): Promise<SendResult> {
    const { clock } = this.#parts
    try {
      return await this.#post(chatId, message)
    } catch (error) {
      if (!(error instanceof BotApiFailure)) throw error
      if (error.movedTo !== null) {
        const { movedTo } = error
        await this.#insist(() => moveChat(chatId, movedTo, clock.now()))
        return this.send(movedTo, message)
      }
      const result = resultOf(error)
      if (result.kind === 'closed') {
        const { words } = result
        await this.#insist(() => retireChat({ chat_id: chatId }, words, clock.now()))
      }
      return result
    }
  }

  /** What Telegram does not read as we meant it goes once more as plain text. */
  async #post(chatId: number, message: OutgoingText): Promise<SendResult> {
    const { client } = this.#parts
    await this.#turn()
    try {
      return { kind: 'accepted', messageId: await client.sendMessage(chatId, message) }
    } catch (error) {
      if (!isAboutForm(error)) throw error
      await this.#turn()
      const plain = { ...message, isPlain: true, buttons: [] }
      return { kind: 'accepted', messageId: await client.sendMessage(chatId, plain) }
    }
  }

  /** Waits for the turn among the messages to all chats. */
  async #turn() {
    const { clock } = this.#parts
    for (let ms = this.#waitMs; ms > 0; ms = this.#waitMs) {
      await clock.sleep(ms)
    }
    this.#bucket.take()
  }

  get #waitMs(): number {
    return this.#bucket.waitMs(this.#parts.clock.elapsed())
  }

  /** Only this process knows it. */
  #insist(work: () => Promise<void>): Promise<void> {
    return insist(work, this.#parts)
  }
}

/** Sources: core.telegram.org/bots/api#responseparameters, and what its server answers. */
function resultOf(failure: BotApiFailure): SendResult {
  const { kind, code, message: words, retryAfterMs = null } = failure
  if (kind === 'lost') return { kind: 'unknown', words }
  if (kind !== 'refused') return { kind: 'unsent', words, retryAfterMs }
  if (code === 429) return { kind: 'too_fast', words, waitMs: retryAfterMs ?? PAUSE_MS }
  if (code === 403 || /chat not found|user is deactivated|CHAT_WRITE_FORBIDDEN/i.test(words)) {
    return { kind: 'closed', words }
  }
  // A bad token says nothing of the chat or the message.
  return code === 400
    ? { kind: 'refused', words }
    : { kind: 'unsent', words, retryAfterMs: PAUSE_MS }
}

function isAboutForm(error: unknown): boolean {
  return (
    error instanceof BotApiFailure &&
    error.code === 400 &&
    /can't parse entities|BUTTON|URL/i.test(error.message)
  )
}
