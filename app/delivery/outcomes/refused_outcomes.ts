import type { Clock } from '#foundation/clock'
import type { DeliveryLog } from '#delivery/delivery_log'
import type { Outcome } from '#delivery/outcomes/outcome'
import { isRefusedRow } from '#foundation/db/database_fault'

/** How long to wait before an outcome that was refused is stored once more, in milliseconds. */
const WAITS_MS = [1000, 5000]

/**
 * Outcomes that the database refused for what they hold, kept aside so that they hold up no other.
 * Each is tried again: as it is, in case the refusal passes, and at last without the texts and
 * numbers of the attempt, so that the job at least gets its state.
 */
export class RefusedOutcomes {
  readonly #log: Pick<DeliveryLog, 'outcomeRefused' | 'outcomeGivenUp'>
  readonly #clock: Clock
  readonly #refusals = new WeakMap<Outcome, number>()
  readonly #hurrying = new AbortController()

  constructor(log: Pick<DeliveryLog, 'outcomeRefused' | 'outcomeGivenUp'>, clock: Clock) {
    this.#log = log
    this.#clock = clock
  }

  /**
   * Resolves with the outcome as it is to be stored when its time has come; with null when it is
   * given up, and its job goes out again when its lease has run out.
   */
  async wait(outcome: Outcome, error: Error): Promise<Outcome | null> {
    const refusals = (this.#refusals.get(outcome) ?? 0) + 1
    const waitMs = WAITS_MS[refusals - 1]
    if (waitMs === undefined) {
      this.#log.outcomeGivenUp(outcome.job.id, error)
      return null
    }
    this.#log.outcomeRefused(outcome.job.id, error)
    const next = refusals === WAITS_MS.length ? bare(outcome) : outcome
    this.#refusals.set(next, refusals)

    await this.#clock.sleep(waitMs, this.#hurrying.signal)
    return next
  }

  /** Lets none wait any longer. */
  hurry() {
    this.#hurrying.abort()
  }
}

/** The outcome without anything that came from outside. */
function bare(outcome: Outcome): Outcome {
  const { attempt } = outcome
  return {
    ...outcome,
    detail: null,
    attempt: attempt && { ...attempt, durationMs: 0, httpStatus: null, responseHead: null },
  }
}

/** Outcomes that were stored together, or the one that the database refuses for what it holds. */
export interface Piece {
  outcomes: readonly Outcome[]
  refusal: Error | null
}

type Store = (outcomes: readonly Outcome[]) => Promise<void>

/**
 * Stores outcomes together. When the database refuses one of them they are halved until that one
 * is found, so that it holds up no other. The pieces come in the order of the outcomes.
 *
 * @throws what the database says when it cannot store anything for now; what was answered is stored
 */
export async function* storeInPieces(
  store: Store,
  outcomes: readonly Outcome[]
): AsyncGenerator<Piece, void, undefined> {
  const refusal = await refusalOf(store, outcomes)
  if (!refusal || outcomes.length === 1) {
    yield { outcomes, refusal }
    return
  }
  const half = Math.ceil(outcomes.length / 2)
  yield* storeInPieces(store, outcomes.slice(0, half))
  yield* storeInPieces(store, outcomes.slice(half))
}

async function refusalOf(store: Store, outcomes: readonly Outcome[]): Promise<Error | null> {
  try {
    await store(outcomes)
    return null
  } catch (error) {
    if (isRefusedRow(error)) {
      return error as Error
    }
    throw error
  }
}
