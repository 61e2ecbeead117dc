import { listFacts, type FactFilters } from '#feed/fact_list'
import { encodePageCursor } from '#feed/page_cursor'
import type { FactRow, FactType } from '#models/fact_types'
import { publicFact } from '#models/public_fact'

/** A page of a list as it leaves the house. */
export interface FactPage {
  data: FactRow[]
  meta: { next_cursor: string | null }
}

/** Up to `limit` facts, newest first, and the cursor of the page after them. */
export async function readFactPage(
  type: FactType,
  filters: FactFilters,
  { before, limit }: { before?: number; limit: number }
): Promise<FactPage> {
  const rows = await listFacts(type, filters, { before, limit: limit + 1 })
  const data = rows.slice(0, limit).map((row) => publicFact(type, row))
  const next = rows.length > limit ? encodePageCursor(Number(data.at(-1)!.id)) : null

  return { data, meta: { next_cursor: next } }
}
