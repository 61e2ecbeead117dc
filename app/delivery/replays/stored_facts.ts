import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Span } from '#foundation/id_bounds'
import { factTypes, plannedColumns } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import { ROWS_AT_ONCE } from '#delivery/replays/batch'
import type { Position } from '#delivery/replays/position'

export interface StoredFact {
  type: FactType
  fact: FactRow
}

/** The next facts of each kind that stand, by id. */
export async function nextFacts(
  trx: TransactionClientContract,
  position: Position,
  { since, until }: Required<Span>
): Promise<Map<FactType, FactRow[]>> {
  const next = new Map<FactType, FactRow[]>()
  for (const [name, { after, through }] of Object.entries(position)) {
    const type = name as FactType
    const facts: FactRow[] = await trx
      .from(factTypes[type].table)
      .where('id', '>', after)
      .where('id', '<=', through)
      .where('created_at', '>=', since)
      .where('created_at', '<', until)
      .whereNull('removed_at')
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .select(plannedColumns(type))
    next.set(type, facts)
  }
  return next
}

/**
 * Facts of all kinds in the order in which they were stored; of each kind they keep the order of
 * their ids. Ends where nobody knows what comes next without reading on.
 */
export function inStoredOrder(facts: Map<FactType, FactRow[]>): StoredFact[] {
  const queues = [...facts].map(([type, rows]) => ({ type, rows, next: 0 }))
  const merged: StoredFact[] = []

  for (;;) {
    const waiting = queues.filter(({ rows, next }) => next < rows.length)
    if (waiting.length === 0) {
      return merged
    }
    const first = waiting.reduce((one, other) => (headOf(other) < headOf(one) ? other : one))
    merged.push({ type: first.type, fact: first.rows[first.next++]! })
    if (first.next === ROWS_AT_ONCE) {
      return merged
    }
  }
}

function headOf({ rows, next }: { rows: FactRow[]; next: number }): number {
  return Number(rows[next]!.created_at)
}
