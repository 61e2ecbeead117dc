import type { Told } from '#demo/okx/socket/channels'
import type { Venue } from '#demo/okx/venue'

/** Sends what is pushed: at once, or late, or twice, as the knobs say. */
export class LateMessages {
  readonly #venue: Venue
  readonly #send: (text: string) => void
  #waiting: { at: number; text: string }[] = []

  constructor(venue: Venue, send: (text: string) => void) {
    this.#venue = venue
    this.#send = send
  }

  pass(message: Told & { arg: unknown }) {
    const { knobs, random, now } = this.#venue
    const text = JSON.stringify(message)
    const at = now() + knobs.lateMs
    if (random.chance(knobs.overtakes)) this.#waiting.push({ at, text })
    else this.#send(text)
    if (random.chance(knobs.repeats)) {
      const later = { ...message, data: message.data.map((row) => ({ ...row, uTime: String(at) })) }
      this.#waiting.push({ at, text: knobs.repeatsLater ? JSON.stringify(later) : text })
    }
  }

  /** @param now epoch milliseconds */
  send(now: number) {
    if (this.#waiting.length === 0) return
    const due = this.#waiting.filter(({ at }) => at <= now)
    this.#waiting = this.#waiting.filter(({ at }) => at > now)
    due.forEach(({ text }) => this.#send(text))
  }
}
