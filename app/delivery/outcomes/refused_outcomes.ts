import type { Clock } from '#foundation/clock'
import type { Outcome } from '#delivery/outcomes/outcome'
import { isRefusedRow } from '#foundation/db/database_fault'

/** How long to wait before an outcome that was refused is stored once more, in milliseconds. */
const WAITS_MS = [1000, 5000]

interface RefusedOutcomesHost {
  /** It is time to store it once more. */
  again(outcome: Outcome): void
  onRefused(outcome: Outcome, error: Error): void
  /** It is given up: the job goes out again when its lease has run out. */
  onGivenUp(outcome: Outcome, error: Error): void
}

/**
 * Outcomes that the database refused for what they hold, kept aside so that they hold up no other.
 * Each is tried again: as it is, in case the refusal passes, and at last without the texts and
 * numbers of the attempt, so that the job at least gets its state.
 */
export class RefusedOutcomes {
  readonly #host: RefusedOutcomesHost
  readonly #clock: Clock
  readonly #refusals = new WeakMap<Outcome, number>()
  readonly #waiting = new Set<Promise<void>>()
  readonly #hurrying = new AbortController()

  constructor(host: RefusedOutcomesHost, clock: Clock) {
    this.#host = host
    this.#clock = clock
  }

  setAside(outcome: Outcome, error: Error) {
    const refusals = (this.#refusals.get(outcome) ?? 0) + 1
    const waitMs = WAITS_MS[refusals - 1]
    if (waitMs === undefined) {
      this.#host.onGivenUp(outcome, error)
      return
    }
    this.#host.onRefused(outcome, error)
    const next = refusals === WAITS_MS.length ? bare(outcome) : outcome
    this.#refusals.set(next, refusals)

    const waiting = this.#clock.sleep(waitMs, this.#hurrying.signal).then(() => {
      this.#waiting.delete(waiting)
      this.#host.again(next)
    })
    this.#waiting.add(waiting)
  }

  /** Lets nothing wait any longer. Answers whether there was something. */
  async hurry(): Promise<boolean> {
    this.#hurrying.abort()
    const waiting = [...this.#waiting]
    await Promise.all(waiting)
    return waiting.length > 0
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
