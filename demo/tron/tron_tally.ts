import type { DrainedTally } from '#demo/drain'
import { count } from '#demo/tally'
import type { PlayBlock } from '#demo/tron/block'
import { RESOURCES } from '#demo/tron/contracts'
import type { TronChain } from '#demo/tron/tron_chain'

/** Counts stake where it begins, where it is kept and where it arrives. */
export class TronTally implements DrainedTally {
  readonly #chain: TronChain
  readonly #databasePath: string
  readonly #receivedIds = new Set<string>()
  #onChain = 0
  #stored = 0

  constructor(chain: TronChain, databasePath: string) {
    this.#chain = chain
    this.#databasePath = databasePath
  }

  /** Takes the ids of events from a line that the receiver printed. */
  readonly read = (line: string) => {
    // That something can be withdrawn is told by the clock, and stands in no block.
    if (!line.startsWith('tron.') || line.startsWith('tron.unstake_ready')) return

    for (const [id] of line.matchAll(/evt_[0-9a-zA-Z]+/g)) {
      this.#receivedIds.add(id)
    }
  }

  countOrigin() {
    this.#onChain = 0
    for (let number = 1; number <= this.#chain.solidNumber; number++) {
      this.#onChain += recordsOf(this.#chain.block(number)!)
    }
  }

  countStored() {
    this.#stored = storedRecords(this.#databasePath)
  }

  /** Also where a scanner that has only just been started has stored none. */
  get isComplete() {
    const haveArrived = this.#stored >= this.#onChain && this.#receivedIds.size >= this.#onChain
    return haveArrived || this.#stored === 0
  }

  get progress() {
    return this.#stored + this.#receivedIds.size
  }

  summary() {
    return `TRON: ${this.#onChain} stake records on chain, ${this.#stored} in the database, ${this.#receivedIds.size} distinct ids received`
  }
}

/** What a block should become, counted without the scanner. */
function recordsOf({ transactions, infos }: PlayBlock): number {
  const counts = transactions.map(({ raw: { contract } }, place) => {
    const { withdrawn = 0n, cancelled } = infos[place]!
    const paidOut = withdrawn > 0n ? 1 : 0
    switch (contract.type) {
      case 'FreezeBalanceV2Contract':
      case 'DelegateResourceContract':
      case 'UnDelegateResourceContract':
        return 1
      case 'WithdrawExpireUnfreezeContract':
        return paidOut
      case 'UnfreezeBalanceV2Contract':
        return 1 + paidOut
      // One for each resource that was unfrozen, or one that says that nothing was.
      case 'CancelAllUnfreezeV2Contract':
        return (RESOURCES.filter((resource) => cancelled![resource] > 0n).length || 1) + paidOut
      default:
        return 0
    }
  })
  return counts.reduce((sum, each) => sum + each, 0)
}

function storedRecords(databasePath: string): number {
  return count(
    databasePath,
    `select (select count(*) from stake_records where removed_at is null)
          + (select count(*) from delegate_records where removed_at is null)`
  )
}
