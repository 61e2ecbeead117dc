import type { IdBounds } from '#foundation/db/id_bounds'
import { letOthersIn } from '#foundation/db/let_others_in'

/** Rows that are read at once. */
const ROWS_AT_ONCE = 10_000

/** A stretch of a table, a slice at a time; others are let in between. */
export async function* idSlices({ after, through }: IdBounds): AsyncGenerator<IdBounds> {
  for (let first = after; first < through; first += ROWS_AT_ONCE) {
    yield { after: first, through: Math.min(through, first + ROWS_AT_ONCE) }
    await letOthersIn()
  }
}
