import type { Clock } from '#foundation/clock'

/** The venue's own clock, and the ids that it gives out: later ones are greater. */
export class VenueTime {
  /** How far it is ahead of the machine's clock, in milliseconds; negative when behind. */
  aheadMs = 0
  #lastId = 0n

  constructor(private clock: Clock) {}

  /** Epoch milliseconds. */
  readonly now = (): number => Math.floor(this.clock.now() + this.aheadMs)

  /** A number of nineteen digits, as text. */
  readonly newId = (): string => {
    const next = BigInt(this.now()) << 20n
    this.#lastId = next > this.#lastId ? next : this.#lastId + 1n
    return String(this.#lastId)
  }
}
