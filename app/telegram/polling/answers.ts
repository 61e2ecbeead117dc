import type { Clock } from '#foundation/clock'
import type TelegramUpdate from '#models/telegram_update'
import { answerUpdate } from '#telegram/polling/answer_update'
import type { Answering } from '#telegram/polling/answering'
import { claimUpdate, unanswered, type StoredUpdate } from '#telegram/polling/store_updates'
import type { TelegramLog } from '#telegram/polling/telegram_log'

interface AnswersParts extends Answering {
  botId: number
  clock: Clock
  log: TelegramLog
}

/** Answers what was stored: of one chat in its order, of many at the same time. */
export class Answers {
  readonly #parts: AnswersParts
  /** The last answer under way in each chat. */
  readonly #last = new Map<number, Promise<void>>()
  #seen = 0
  #looking: Promise<void> = Promise.resolve()

  constructor(parts: AnswersParts) {
    this.#parts = parts
  }

  /** Begins to answer what is stored and was not begun, also by a process that ended before it could. */
  readonly take = () => {
    this.#looking = this.#looking.then(() => this.#begin()).catch(this.#parts.log.fault)
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  async settled(withinMs: number) {
    const done = new AbortController()
    const settling = this.idle().then(() => done.abort())
    await Promise.race([settling, this.#parts.clock.sleep(withinMs, done.signal)])
  }

  /** Resolves when nothing is under way. */
  async idle() {
    await this.#looking
    while (this.#last.size > 0) await Promise.all(this.#last.values())
  }

  async #begin() {
    for (const update of await unanswered(this.#parts.botId, this.#seen)) {
      this.#seen = update.id
      this.#queue(update)
    }
  }

  #queue(update: TelegramUpdate) {
    const { chatId } = update
    const before = this.#last.get(chatId) ?? Promise.resolve()
    const done = before
      .then(() => this.#answer(update))
      .catch((error: Error) => this.#parts.log.unanswered(error))
      .finally(() => {
        if (this.#last.get(chatId) === done) this.#last.delete(chatId)
      })
    this.#last.set(chatId, done)
  }

  async #answer(update: TelegramUpdate) {
    if (await claimUpdate(update, this.#parts.clock.now())) {
      await answerUpdate(this.#parts, update.content as StoredUpdate)
    }
  }
}
