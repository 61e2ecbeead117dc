import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { insist } from '#foundation/db/insist'
import type { TelegramTrouble } from '#models/telegram_bot'
import type { BotApiClient } from '#telegram/bot_api/bot_api_client'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import { noteTrouble } from '#telegram/polling/bot_row'
import type { TelegramLog } from '#telegram/polling/telegram_log'
import { storeUpdates, type PolledBot } from '#telegram/polling/store_updates'

/** How long Telegram holds a poll when nothing happens, in milliseconds. */
const HOLD_MS = 25_000

/** The wait after a poll that failed, in milliseconds. */
const PAUSE = { firstMs: 1000, longestMs: 30_000 }

/** The wait where only people can help, in milliseconds. */
const PAUSE_FOR_PEOPLE_MS = 30_000

export interface PollerParts {
  client: Pick<BotApiClient, 'getUpdates'>
  bot: PolledBot
  clock: Clock
  log: TelegramLog
  /** Answers updates that are stored; does not keep the poller waiting. */
  onStored: () => void
}

/** Asks Telegram for updates, one poll after the other, and stores them. */
export class Poller {
  readonly #parts: PollerParts
  #next: number
  #failures = 0

  /** @param next the first update that is not stored yet */
  constructor(parts: PollerParts, next: number) {
    this.#parts = parts
    this.#next = next
  }

  /**
   * Polls until `signal` aborts.
   *
   * @throws LeaseLostError when another process polls the bot now
   */
  async run(signal: AbortSignal) {
    const { clock } = this.#parts
    while (!signal.aborted) {
      const waitMs = await this.turn(signal)
      if (waitMs > 0) await clock.sleep(waitMs, signal)
    }
  }

  /** Polls once and answers the wait before the next poll, in milliseconds. */
  async turn(signal: AbortSignal): Promise<number> {
    const { client, bot, clock, log, onStored } = this.#parts
    try {
      const updates = await client.getUpdates(this.#next, HOLD_MS, signal)
      this.#failures = 0
      const store = () => storeUpdates(bot, updates, this.#next, clock.now())
      this.#next = await insist(store, { clock, signal, onFault: (error) => log.fault(error) })
      if (updates.length > 0) onStored()
      return 0
    } catch (error) {
      if (!(error instanceof BotApiFailure)) throw error
      return error.kind === 'interrupted' ? 0 : this.#afterFailure(error)
    }
  }

  async #afterFailure(failure: BotApiFailure): Promise<number> {
    const { bot, log } = this.#parts
    const trouble = troubleOf(failure)
    log.trouble(trouble, failure.message)
    await noteTrouble(bot.id, trouble).catch((error: Error) => log.fault(error))
    if (trouble !== 'unreachable') return PAUSE_FOR_PEOPLE_MS
    return Math.max(failure.retryAfterMs ?? 0, backoff(PAUSE, this.#failures++))
  }
}

/** 404 is what Telegram answers to the path of a token that never was. */
export function troubleOf({ kind, code }: BotApiFailure): TelegramTrouble {
  if (kind !== 'refused') return 'unreachable'
  if (code === 401 || code === 404) return 'unauthorized'
  return code === 409 ? 'conflict' : 'unreachable'
}
