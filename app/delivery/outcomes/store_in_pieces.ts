import { isRefusedRow } from '#foundation/db/database_fault'
import type { Outcome } from '#delivery/outcomes/outcome'

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
