import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import type { Subscriber } from '#delivery/subscriber'
import { ROWS_AT_ONCE } from '#webhooks/replays/replay_position'
import type { Batch, ReplayPosition } from '#webhooks/replays/replay_position'
import type { BatchLimits } from '#webhooks/replays/replay_position'
import { wantedEvents, wantedKinds } from '#webhooks/replays/wanted_events'
import type { WantedKinds } from '#webhooks/replays/wanted_events'
import type { IdBounds, Span } from '#foundation/db/id_bounds'
import { rowsOf } from '#foundation/db/statement'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'

/**
 * The next events of everything that was stored, also before the endpoint was there: up to `limit`
 * of them.
 */
export async function historyBatch(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: Subscriber,
  { limit, answers, now }: BatchLimits
): Promise<Batch> {
  const next = await nextFacts(trx, replay.position, replay, wantedKinds(replay, endpoint))
  const facts = new Map([...next].map(([type, ofType]) => [type, ofType.facts]))
  const wanted = await wantedEvents(trx, replay, endpoint, facts, { answers, now })
  const batch: Batch = {
    events: [],
    position: structuredClone(replay.position),
    reachedAt: replay.reachedAt,
  }

  for (const { type, fact } of inStoredOrder(next)) {
    if (batch.events.length === limit) {
      return batch
    }
    const event = wanted.get(`${type} ${fact.id}`)
    if (event) {
      batch.events.push(event)
    }
    batch.position[type]!.after = Number(fact.id)
    batch.reachedAt = Number(fact.created_at)
  }
  for (const [type, { facts: read, readThrough }] of next) {
    const { after } = batch.position[type]!
    if (read.length === 0 || after === Number(read.at(-1)!.id)) {
      batch.position[type]!.after = readThrough
    }
  }
  return batch
}

interface TypedFact {
  type: FactType
  fact: FactRow
}

/** The next facts of a kind that stand and may be wanted, by id. */
interface NextFacts {
  facts: FactRow[]
  /** The id up to which there are no others. */
  readThrough: number
  /** Whether there may be more behind it. */
  isOpen: boolean
}

/** Ids that one step reads through for facts of some kinds, which may be rare. */
const IDS_AT_ONCE = 5000

/** What comes next of each kind of facts; nothing of those that are not wanted. */
async function nextFacts(
  trx: TransactionClientContract,
  position: ReplayPosition,
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
        : { facts: [], readThrough: bounds.through, isOpen: false }
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
    return { facts: [], readThrough: through, isOpen: false }
  }
  const end = Math.min(through, first + IDS_AT_ONCE - 1)
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
  const readThrough = facts.length === ROWS_AT_ONCE ? Number(facts.at(-1)!.id) : end
  return { facts, readThrough, isOpen: readThrough < through }
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
 * their ids. Ends where only the next rows can tell what comes next.
 */
function inStoredOrder(next: Map<FactType, NextFacts>): TypedFact[] {
  const queues = [...next].map(([type, { facts, isOpen }]) => ({ type, facts, isOpen, taken: 0 }))
  const merged: TypedFact[] = []

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
