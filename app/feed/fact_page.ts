import { walkFacts, type FactFilters } from '#feed/fact_list'
import { encodePageCursor } from '#feed/page_cursor'
import type { FactRow, FactType } from '#models/fact_types'
import { publicFact } from '#models/public_fact'

/** A page of a list as it leaves the house. */
export interface FactPage {
  data: FactRow[]
  meta: { next_cursor: string | null }
}

/**
 * Up to `limit` facts, newest first, and the cursor of the page after them: there may be one also
 * where there are fewer.
 */
export async function readFactPage(
  type: FactType,
  filters: FactFilters,
  window: { before?: number; limit: number }
): Promise<FactPage> {
  const { rows, below } = await walkFacts(type, filters, window)
  const data = rows.map((row) => publicFact(type, row))
  return { data, meta: { next_cursor: below === null ? null : encodePageCursor(below) } }
}
