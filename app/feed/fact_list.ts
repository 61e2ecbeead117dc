import db from '@adonisjs/lucid/services/db'
import { boundedWalk } from '#foundation/walk/bounded_walk'
import type { Page, PageWindow } from '#foundation/walk/page'
import type { FactRow } from '#facts/define_fact'
import { factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'
import { factChecks, factRanges } from '#feed/fact_filters'
import type { FactFilters } from '#feed/fact_filters'
import { waysToFacts } from '#feed/ways_to_facts'

export interface ListWindow extends PageWindow {
  /** The public columns unless named. */
  columns?: readonly string[]
}

/**
 * Facts that stand (no reorg removed them), newest first. Costs the same however many are stored:
 * where a filter leaves too few of those that were looked at, there are fewer than `limit`, and
 * `below` says where to go on.
 */
export async function walkFacts(
  type: FactType,
  filters: FactFilters,
  { before, limit, columns = factTypes[type].columns }: ListWindow
): Promise<Page<FactRow>> {
  const client = db.connection()
  const kind = factTypes[type]
  return boundedWalk<FactRow>(client, {
    table: kind.table,
    columns,
    ways: await waysToFacts(client, kind, filters),
    checks: factChecks(kind, filters),
    zoned: factRanges(kind, filters),
    before,
    limit,
  })
}

/** The newest facts of a list that has no further page. */
export async function listFacts(
  type: FactType,
  filters: FactFilters,
  window: ListWindow
): Promise<FactRow[]> {
  const { rows } = await walkFacts(type, filters, window)
  return rows
}
