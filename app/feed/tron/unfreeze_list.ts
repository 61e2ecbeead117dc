import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { boundedWalk } from '#foundation/walk/bounded_walk'
import type { Page, PageWindow } from '#foundation/walk/page'
import { compare, type Way } from '#foundation/walk/way'
import type { RecordFilters } from '#feed/tron/record_pages'
import { unfreezeView, type UnfreezeRow } from '#feed/tron/unfreeze_view'

/** Unfreezings that match, those that were stored last first; the cost has a bound, as of all lists. */
export async function walkUnfreezings(
  { since, until, ...equal }: Omit<RecordFilters, 'receiver_address' | 'operation_type'>,
  { before, limit }: PageWindow,
  now: number
): Promise<Page<FactRow>> {
  const given = Object.entries(equal).filter(([, value]) => value !== undefined)
  const { rows, below } = await boundedWalk<UnfreezeRow>(db.connection(), {
    table: 'unfreeze_records',
    columns: ['*'],
    ways: equal.owner_address === undefined ? [] : [ofOwner(equal.owner_address)],
    checks: [
      ...given.map(([column, value]) => compare(column, '=', value)),
      ...(since === undefined ? [] : [compare('available_time', '>=', since)]),
      ...(until === undefined ? [] : [compare('available_time', '<', until)]),
    ],
    before,
    limit,
  })
  return { rows: rows.map((row) => unfreezeView(row, now)), below }
}

/** An account has few: they need no order. */
function ofOwner(address: string): Way {
  const where = { sql: 'owner_address = ?', bindings: [address] }
  return { order: 'none', streams: [{ index: 'unfreeze_records_owner', where }] }
}
