import type { Clock } from '#foundation/clock'
import type { LocalChain } from '#demo/chain/local_chain'
import { countEvents } from '#demo/market/count_events'
import { countStoredEvents } from '#demo/stored'
import { until } from '#demo/until'

/** A transaction of the market is in a final block after this time at the latest. */
const FINAL_AFTER_MS = 1500

/** Counts events where they begin, where they are kept and where they arrive: the proof of it all. */
export class Tally {
  readonly #chain: LocalChain
  readonly #databasePath: string
  readonly #receivedIds = new Set<string>()
  #onChain = 0
  #stored = 0

  constructor(chain: LocalChain, databasePath: string) {
    this.#chain = chain
    this.#databasePath = databasePath
  }

  /** Different events that a receiver has got. */
  get received() {
    return this.#receivedIds.size
  }

  /** Takes the ids of events from a line that the receiver printed. */
  readonly read = (line: string) => {
    // Paid by whoever tries the demo, not by the market.
    if (line.startsWith('payment.')) return

    for (const [id] of line.matchAll(/evt_[0-9a-zA-Z]+/g)) {
      this.#receivedIds.add(id)
    }
  }

  /** Waits until every event of a chain at rest has arrived, for `withinMs` at most. */
  async settle(withinMs: number, clock: Clock) {
    await clock.sleep(FINAL_AFTER_MS)
    this.#onChain = await countEvents(this.#chain)

    const hasArrived = () => {
      this.#stored = countStoredEvents(this.#databasePath)
      return this.#stored >= this.#onChain && this.received >= this.#onChain
    }
    await until(hasArrived, clock, AbortSignal.timeout(withinMs))
  }

  summary() {
    return `Events: ${this.#onChain} on chain, ${this.#stored} in the database, ${this.received} distinct ids received`
  }
}
