import type { Logger } from '@adonisjs/core/logger'
import { explainFullDisk } from '#foundation/db/explain_database'
import type { TelegramTrouble } from '#models/telegram_bot'

/** The same trouble is told once in this many milliseconds. */
const QUIET_MS = 10 * 60_000

const TROUBLES: Record<TelegramTrouble, string> = {
  unauthorized:
    'Telegram does not know the token of the bot: set TELEGRAM_BOT_TOKEN to the one that @BotFather shows',
  conflict:
    'another program polls this bot, or a webhook is set for it: stop that one, or call deleteWebhook. A bot is polled by one program',
  unreachable: 'Telegram cannot be polled; trying again',
}

/** What is wrong and what to do, with the words of Telegram. */
export function troubleWords(trouble: TelegramTrouble, words: string): string {
  return `${TROUBLES[trouble]} (${words})`
}

/** What the operator reads of Telegram. No line names a person or holds the token. */
export class TelegramLog {
  readonly #logger: Logger
  readonly #toldAt = new Map<TelegramTrouble, number>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  polling(username: string) {
    this.#logger.info(`Polling Telegram as @${username}`)
  }

  standingBy() {
    this.#logger.info('Another process polls Telegram; standing by')
  }

  /** @param words those of Telegram */
  trouble(trouble: TelegramTrouble, words: string) {
    const now = performance.now()
    if (now - (this.#toldAt.get(trouble) ?? -Infinity) >= QUIET_MS) {
      this.#toldAt.set(trouble, now)
      this.#logger.warn(troubleWords(trouble, words))
    }
  }

  /** The menu of commands stays as it was. */
  withoutMenu({ message }: Error) {
    this.#logger.warn(`the menu of the bot could not be set: ${message}`)
  }

  unanswered(error: Error) {
    this.#logger.error({ err: error }, 'a message in Telegram was not answered')
  }

  /** Something of our own failed, as a rule the database. The work goes on. */
  readonly fault = (error: Error) => {
    const explained = explainFullDisk(error)
    this.#logger.error({ err: explained }, `${explained.message}; trying again`)
  }
}
