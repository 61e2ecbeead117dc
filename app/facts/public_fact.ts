import type { Column } from '#facts/columns'
import type { FactKind, FactRow } from '#facts/define_fact'
import { derived, factTypeOf, isRemoval } from '#facts/registry'
import type { Announcement } from '#facts/registry'

/** How each column of each kind is shown, found once. */
const shown = derived(
  (kinds) =>
    new Map(
      kinds.map(({ type, fields }) => [
        type,
        Object.entries(fields).map(([name, column]) => ({ name, as: showing(column) })),
      ])
    )
)

/**
 * A fact as receivers and readers see it: public columns in snake_case, amounts as decimal text,
 * times in epoch milliseconds, alike on both databases. A removal is the same fact and when it was removed.
 */
export function publicFact(announcement: Announcement, row: FactRow): FactRow {
  const fact: FactRow = {}
  for (const { name, as } of shown().get(factTypeOf(announcement))!) {
    fact[name] = publicValue(row[name] ?? null, as)
  }
  if (isRemoval(announcement)) {
    fact.removed_at = publicValue(row.removed_at ?? null, 'number')
  }
  return fact
}

/** The row of a public fact, as far as its columns were shown. */
export function rowOfPublicFact({ fields }: FactKind, fact: FactRow): FactRow {
  const row = { ...fact }
  for (const [name, { type }] of Object.entries(fields)) {
    if (type === 'seconds') row[name] = Number(fact[name]) * 1000
  }
  return row
}

type Showing = 'number' | 'seconds' | 'as_stored'

function showing({ type, stored }: Column): Showing {
  return type === 'seconds' ? type : stored === 'bigint' ? 'number' : 'as_stored'
}

/** PostgreSQL answers what is 64 bits wide as text. */
function publicValue(value: FactRow[string], as: Showing): FactRow[string] {
  if (as === 'seconds') {
    return Math.floor(Number(value) / 1000)
  }
  return as === 'number' && typeof value === 'string' ? Number(value) : value
}
