import db from '@adonisjs/lucid/services/db'
import { boundedWalk } from '#foundation/walk/bounded_walk'
import type { Walked } from '#foundation/walk/bounded_walk'
import { factChecks } from '#feed/fact_checks'
import { factRanges } from '#feed/fact_ranges'
import { waysToFacts } from '#feed/ways_to_facts'
import { factTypes, type FactRow, type FactType } from '#models/fact_types'

/** What a fact must be to be listed. Addresses in lower case, times in epoch milliseconds. */
export interface FactFilters {
  source?: string
  kind?: string
  token_address?: string
  creator?: string
  trader?: string
  side?: string
  quote_address?: string
  pool_id?: string
  msg_id?: string
  group_id?: string
  wallet_code?: string
  wx_id?: string
  /** Block numbers, both included. */
  from_block?: number
  to_block?: number
  /** Included. */
  since?: number
  /** Excluded, so that windows side by side share no fact. */
  until?: number
}

export interface ListWindow {
  /** Only facts with a smaller id. */
  before?: number
  limit: number
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
): Promise<Walked<FactRow>> {
  const client = db.connection()
  return boundedWalk<FactRow>(client, {
    table: factTypes[type].table,
    columns,
    ways: await waysToFacts(client, type, filters),
    checks: factChecks(type, filters),
    zoned: factRanges(type, filters),
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
