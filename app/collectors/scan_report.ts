import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { Stored } from '#collectors/store/fact_store'

/** How often what was stored is told, in milliseconds. */
const TELL_EVERY_MS = 10_000

/** Sums up what a scanner stores and tells it in a line every 10 s, when there is something to tell. */
export class ScanReport {
  #told: number
  #sum: Stored = { launches: 0, pools: 0, trades: 0, quarantined: 0 }

  constructor(
    private readonly logger: Logger,
    private readonly clock: Clock
  ) {
    this.#told = clock.now()
  }

  add(stored: Stored, block: number, head: number) {
    for (const key of Object.keys(stored) as (keyof Stored)[]) {
      this.#sum[key] += stored[key]
    }
    if (this.clock.now() - this.#told >= TELL_EVERY_MS) {
      this.#tell(block, head)
    }
  }

  #tell(block: number, head: number) {
    const { launches, trades, quarantined } = this.#sum
    const place = block === head ? `at the head, block ${block}` : `block ${block} of ${head}`
    const unread = quarantined ? `, ${quarantined} logs quarantined` : ''

    this.logger.info(`${place}: ${launches} launches and ${trades} trades stored${unread}`)
    this.#told = this.clock.now()
    this.#sum = { launches: 0, pools: 0, trades: 0, quarantined: 0 }
  }
}
