/** So many messages in so many milliseconds. */
type Limit = [messages: number, perMs: number]

/**
 * What Telegram allows: about one message a second to a chat, of which a few may come at once, 20 a
 * minute to a group, 30 a second in all. Source: core.telegram.org/bots/faq
 */
const CHAT: Limit = [3, 3000]
const GROUP: Limit = [20, 60_000]
const OVERALL: Limit = [30, 1000]

/** How long a chat is to be left alone that was written to too fast, in seconds. */
const RETRY_AFTER_S = 37

/** Counts what goes out, and says when it is too fast. */
export class PaceRules {
  readonly #times = new Map<string, number[]>()
  readonly #pausedUntil = new Map<number, number>()

  /**
   * Notes a message of now.
   *
   * @returns for how many seconds to leave the chat alone; null: it is taken
   */
  note(chatId: number, now: number): number | null {
    const paused = this.#pausedUntil.get(chatId) ?? 0
    if (now < paused) {
      return Math.ceil((paused - now) / 1000)
    }
    const limits: [string, Limit][] = [
      ['overall', OVERALL],
      [String(chatId), chatId < 0 ? GROUP : CHAT],
    ]
    if (limits.some(([key, limit]) => this.#isFull(key, limit, now))) {
      this.pause(chatId, RETRY_AFTER_S, now)
      return RETRY_AFTER_S
    }
    for (const [key] of limits) this.#times.get(key)!.push(now)
    return null
  }

  /** Takes nothing for a chat for so many seconds. */
  pause(chatId: number, seconds: number, now: number) {
    this.#pausedUntil.set(chatId, now + seconds * 1000)
  }

  #isFull(key: string, [messages, perMs]: Limit, now: number): boolean {
    const recent = (this.#times.get(key) ?? []).filter((at) => at > now - perMs)
    this.#times.set(key, recent)
    return recent.length >= messages
  }
}
