import type { Clock } from '#foundation/clock'
import type { VenueAccount } from '#demo/okx/venue_account'
import { count } from '#demo/tally'
import { until } from '#demo/until'

/** The events of accounts at OKX. */
const OF_OKX = /^(?:order|execution|position|balance|verification)\./

/** Whether a line of the receiver is about an account at OKX. */
export function isOfOkx(line: string): boolean {
  return OF_OKX.test(line)
}

/** Counts executions where they begin, where they are kept and where they arrive. */
export class OkxTally {
  readonly #accounts: readonly VenueAccount[]
  readonly #databasePath: string
  readonly #receivedIds = new Set<string>()
  #executed = 0
  #stored = 0

  constructor(accounts: readonly VenueAccount[], databasePath: string) {
    this.#accounts = accounts
    this.#databasePath = databasePath
  }

  /** Takes the ids of events from a line that the receiver printed. */
  readonly read = (line: string) => {
    if (!line.startsWith('execution.')) return

    for (const [id] of line.matchAll(/evt_[0-9a-zA-Z]+/g)) {
      this.#receivedIds.add(id)
    }
  }

  /** Waits until all executions of a market at rest are stored, for `withinMs` at most. */
  async settle(withinMs: number, clock: Clock) {
    this.#executed = this.#accounts.reduce((sum, { ledger }) => sum + ledger.fills.length, 0)
    const hasArrived = () => {
      this.#stored = count(this.#databasePath, 'select count(*) from executions')
      return this.#stored >= this.#executed || this.#stored === 0
    }
    await until(hasArrived, clock, AbortSignal.timeout(withinMs))
  }

  summary() {
    return `OKX: ${this.#executed} executions at the venue, ${this.#stored} in the database, ${this.#receivedIds.size} distinct ids received`
  }
}
