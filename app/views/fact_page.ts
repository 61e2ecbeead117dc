import type { PageWindow } from '#foundation/walk/page'
import { publicFact } from '#facts/public_fact'
import type { FactType } from '#facts/registry'
import { walkFacts } from '#feed/fact_list'
import type { FactFilters } from '#feed/fact_filters'
import { pageAnswer } from '#http/page_cursor'

/**
 * Up to `limit` facts, newest first, as the API shows them, and the cursor of the page after them:
 * there may be one also where there are fewer.
 */
export async function factPage(type: FactType, filters: FactFilters, window: PageWindow) {
  return pageAnswer(await walkFacts(type, filters, window), (row) => publicFact(type, row))
}
