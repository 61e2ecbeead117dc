import type { DrainedTally } from '#demo/drain'
import type { PlayOkx } from '#demo/okx/play_okx'
import { count } from '#demo/tally'

/** Counts executions where they begin, where they are kept and, of the operator, where they arrive. */
export class OkxTally implements DrainedTally {
  readonly #market: PlayOkx
  readonly #databasePath: string
  readonly #receivedIds = new Set<string>()
  #executed = 0
  #ofOperator = 0
  #stored = 0

  constructor(market: PlayOkx, databasePath: string) {
    this.#market = market
    this.#databasePath = databasePath
  }

  /** Takes the ids of events from a line that the receiver printed. */
  readonly read = (line: string) => {
    if (!line.startsWith('execution.')) return

    for (const [id] of line.matchAll(/evt_[0-9a-zA-Z]+/g)) {
      this.#receivedIds.add(id)
    }
  }

  countOrigin() {
    const { operator, visitor } = this.#market
    this.#ofOperator = operator.ledger.fills.length
    this.#executed = this.#ofOperator + visitor.ledger.fills.length
  }

  countStored() {
    this.#stored = count(this.#databasePath, 'select count(*) from executions')
  }

  /** Also where a process that has only just been started has stored none. */
  get isComplete() {
    const haveArrived = this.#stored >= this.#executed && this.#receivedIds.size >= this.#ofOperator
    return haveArrived || this.#stored === 0
  }

  get progress() {
    return this.#stored + this.#receivedIds.size
  }

  summary() {
    return `OKX: ${this.#executed} executions at the venue, ${this.#stored} in the database; of the operator's ${this.#ofOperator}, ${this.#receivedIds.size} distinct ids received`
  }
}
