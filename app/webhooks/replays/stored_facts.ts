import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { IdBounds, Span } from '#foundation/db/id_bounds'
import { rowsOf } from '#foundation/db/statement'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { ROWS_AT_ONCE } from '#webhooks/replays/batch'
import type { Position } from '#webhooks/replays/position'
import type { WantedKinds } from '#webhooks/replays/wanted_kinds'

export interface ReplayedFact {
  type: FactType
  fact: FactRow
}

/** The next facts of a kind that stand and may be wanted, by id. */
export interface NextFacts {
  facts: FactRow[]
  /** The id up to which there are no others. */
  lookedThrough: number
  /** Whether there may be more behind it. */
  isOpen: boolean
}

/** Ids from the first row on that are looked through for those of a kind: it may be rare. */
const LOOKED_AT_ONCE = 5000

/** What comes next of each kind of facts; nothing of those that are not wanted. */
export async function nextFacts(
  trx: TransactionClientContract,
  position: Position,
  { since, until }: Required<Span>,
  wanted: WantedKinds
): Promise<Map<FactType, NextFacts>> {
  const next = new Map<FactType, NextFacts>()
  for (const [name, bounds] of Object.entries(position)) {
    const type = name as FactType
    const kinds = wanted.get(type)
    next.set(
      type,
      kinds !== undefined
        ? await readNext(trx, type, bounds, { since, until, kinds })
        : { facts: [], lookedThrough: bounds.through, isOpen: false }
    )
  }
  return next
}

async function readNext(
  trx: TransactionClientContract,
  type: FactType,
  { after, through }: IdBounds,
  { since, until, kinds }: Required<Span> & { kinds: readonly string[] | null }
): Promise<NextFacts> {
  const first = await firstId(trx, type, after)
  if (first === null || first > through) {
    return { facts: [], lookedThrough: through, isOpen: false }
  }
  const end = Math.min(through, first + LOOKED_AT_ONCE - 1)
  const query = trx
    .from(factTypes[type].table)
    .where('id', '>=', first)
    .where('id', '<=', end)
    .where('created_at', '>=', since)
    .where('created_at', '<', until)
    .whereNull('removed_at')
    .orderBy('id')
    .limit(ROWS_AT_ONCE)
    .select(factTypes[type].plannedColumns)
  const { kindColumn } = factTypes[type]
  if (kinds && kindColumn) query.whereIn(kindColumn, [...kinds])
  const facts: FactRow[] = await query
  const lookedThrough = facts.length === ROWS_AT_ONCE ? Number(facts.at(-1)!.id) : end
  return { facts, lookedThrough, isOpen: lookedThrough < through }
}

/** Retention leaves long stretches of ids without a row: they are passed over at once. */
async function firstId(trx: TransactionClientContract, type: FactType, after: number) {
  const [row] = await rowsOf<{ id: number | string | null }>(
    trx,
    `select min(id) as id from ${factTypes[type].table} where id > ?`,
    [after]
  )
  return row!.id === null ? null : Number(row!.id)
}

/**
 * Facts of all kinds in the order in which they were stored; of each kind they keep the order of
 * their ids. Ends where nobody knows what comes next without reading on.
 */
export function inStoredOrder(next: Map<FactType, NextFacts>): ReplayedFact[] {
  const queues = [...next].map(([type, { facts, isOpen }]) => ({ type, facts, isOpen, taken: 0 }))
  const merged: ReplayedFact[] = []

  while (!queues.some(({ facts, isOpen, taken }) => isOpen && taken === facts.length)) {
    const waiting = queues.filter(({ facts, taken }) => taken < facts.length)
    if (waiting.length === 0) {
      return merged
    }
    const first = waiting.reduce((one, other) => (headOf(other) < headOf(one) ? other : one))
    merged.push({ type: first.type, fact: first.facts[first.taken++]! })
  }
  return merged
}

function headOf({ facts, taken }: { facts: FactRow[]; taken: number }): number {
  return Number(facts[taken]!.created_at)
}
