import type { Clock } from '#foundation/clock'
import type { Progress } from '#foundation/cli/progress'
import type { Reading } from '#sources/read_logs'
import type { UnreadRange } from '#collectors/chain_reader'
import type { Stored } from '#collectors/store/fact_store'
import { isCandidate } from '#collectors/store/told_tokens'

/** How far a backfill of the blocks `from` to `to`, both included, is. */
export class BackfillProgress {
  /** The last block read; `from - 1` before the first. */
  block: number
  /** All of these blocks were read before, so nothing was read now. */
  wasDone = false
  readonly stored: Stored = { launches: 0, pools: 0, trades: 0, quarantined: 0 }
  /** Blocks that no endpoint could give. */
  readonly gaps: UnreadRange[] = []
  #startedAt = 0
  #startedFrom = 0

  constructor(
    readonly from: number,
    readonly to: number,
    private readonly clock: Clock
  ) {
    this.block = from - 1
  }

  /** Reading begins where the cursor is now. */
  begin() {
    this.wasDone = this.block === this.to
    this.#startedAt = this.clock.elapsed()
    this.#startedFrom = this.block
  }

  /** Adds what was stored: also of gaps that are closed after the reading. */
  count(stored: Partial<Stored>) {
    for (const key of Object.keys(stored) as (keyof Stored)[]) {
      this.stored[key] += stored[key] ?? 0
    }
  }

  /**
   * The terms of a progress bar.
   *
   * @param verb what happened to the events: `found` or `stored`
   * @param endpoint the one that is asked now
   */
  describe(verb: string, endpoint: string): Progress {
    const { launches, trades } = this.stored
    return {
      done: this.block - this.#startedFrom,
      total: this.to - this.#startedFrom,
      unit: 'blocks',
      yield: `${(launches + trades).toLocaleString('en-US')} events ${verb}`,
      elapsedMs: this.clock.elapsed() - this.#startedAt,
      detail: endpoint,
    }
  }
}

/** Without facts that are stored of known tokens only: a dry run does not ask which tokens are known. */
export function countOf({ facts, undecodable }: Reading): Stored {
  const certain = facts.filter((each) => !isCandidate(each))
  const count = (type: string) => certain.filter(({ fact }) => fact.type === type).length
  return {
    launches: count('launch'),
    pools: count('pool'),
    trades: count('trade'),
    quarantined: undecodable.length,
  }
}
