import type { Clock } from '#foundation/clock'
import type DepositAddress from '#models/deposit_address'
import { watchedAddresses } from '#billing/addresses/active_addresses'

interface FullScanOptions {
  chainId: number
  clock: Clock
  /** How long one scan of all addresses takes at least, in milliseconds. */
  everyMs: number
  /** Addresses answered at once. */
  chunk: number
}

/** Goes through all watched addresses, a part at a time, and begins anew when it is time to. */
export class FullScan {
  /** By the clock's `elapsed`. */
  #beganAt = Number.NEGATIVE_INFINITY
  #afterId = 0
  #isOver = true

  constructor(private readonly options: FullScanOptions) {}

  /** Starts with the first address, whenever the last scan was. */
  begin() {
    this.#beganAt = this.options.clock.elapsed()
    this.#afterId = 0
    this.#isOver = false
  }

  /** The next part of this scan; empty when it is over and the next one is not due. */
  async next(): Promise<DepositAddress[]> {
    const { chainId, clock, everyMs, chunk } = this.options
    if (this.#isOver) {
      if (clock.elapsed() - this.#beganAt < everyMs) return []
      this.begin()
    }
    const part = await watchedAddresses(chainId).where('id', '>', this.#afterId).limit(chunk)
    this.#afterId = part.at(-1)?.id ?? this.#afterId
    this.#isOver = part.length < chunk
    return part
  }
}
