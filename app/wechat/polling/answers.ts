import type { Clock } from '#foundation/clock'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { answerMessage, type Answering } from '#wechat/polling/answer_message'
import { leftOver } from '#wechat/polling/claim_message'
import { expireBinding } from '#wechat/polling/expire_binding'
import type { PollingLog } from '#wechat/polling/polling_log'
import type { NewMessage } from '#wechat/polling/store_updates'
import type { TypingSign } from '#wechat/polling/typing_sign'

interface AnswersParts extends Answering {
  typing: TypingSign
  clock: Clock
  log: PollingLog
}

/** Answers what users write: of one user in its order, of many at the same time. */
export class Answers {
  readonly #parts: AnswersParts
  /** The last answer under way to each binding. */
  readonly #last = new Map<number, Promise<void>>()

  constructor(parts: AnswersParts) {
    this.#parts = parts
  }

  /** Begins to answer messages that are stored. */
  take({ id }: WechatBotBinding, messages: readonly NewMessage[]) {
    for (const message of messages) {
      this.#queue(id, () => this.#answer(id, message))
    }
  }

  /** Begins to answer what a process has stored that ended before it could. */
  takeLeftOver(binding: WechatBotBinding) {
    this.#queue(binding.id, async () => {
      for (const message of await leftOver(binding.id, this.#parts.clock.now())) {
        await this.#answer(binding.id, message)
      }
    })
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  async settled(withinMs: number) {
    const done = new AbortController()
    const settling = this.#allDone().then(() => done.abort())
    await Promise.race([settling, this.#parts.clock.sleep(withinMs, done.signal)])
  }

  async #allDone() {
    while (this.#last.size > 0) await Promise.all(this.#last.values())
  }

  #queue(bindingId: number, work: () => Promise<void>) {
    const before = this.#last.get(bindingId) ?? Promise.resolve()
    const done = before
      .then(work)
      .catch((error: Error) => this.#parts.log.unanswered(bindingId, error))
      .finally(() => {
        if (this.#last.get(bindingId) === done) this.#last.delete(bindingId)
      })
    this.#last.set(bindingId, done)
  }

  async #answer(bindingId: number, message: NewMessage) {
    const { clock, log } = this.#parts
    const dead = await answerMessage(this.#parts, bindingId, message)
    if (dead !== null) {
      await expireBinding(bindingId, dead, clock.now())
      log.expired(bindingId, dead)
    }
  }
}
