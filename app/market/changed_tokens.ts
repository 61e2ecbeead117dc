import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { idBounds } from '#foundation/db/id_bounds'
import { rowsOf, execute } from '#foundation/db/statement'
import { settledRows } from '#foundation/db/settled_rows'
import type { CountedTrade } from '#market/minutes'

/** Of each kind so many facts are taken at once. */
const AT_ONCE = 1_000

/** A removal is stored a moment after its time: for so long those from before are looked at again, in milliseconds. */
const LATE_MS = 60_000

/** Older trades are in no window: figures that are kept for the first time begin behind them. In milliseconds. */
const OLDEST_MS = 25 * 3_600_000

/** The facts that figures follow from, and what is read of each. */
const TABLES = {
  launch: { table: 'launch_events', columns: '' },
  pool: { table: 'pools', columns: '' },
  trade: {
    table: 'trades',
    columns: ', event_time, side, quote_address, quote_amount, removed_at',
  },
} as const

type Kind = keyof typeof TABLES

const KINDS = Object.keys(TABLES) as Kind[]

/** How far facts of one kind have been taken into the figures. */
interface Position {
  fact_type: Kind
  fact_id: number
  /** The time of the newest removal that was taken in, in epoch milliseconds. */
  removed_at: number
}

/** What has happened since the figures were kept last. */
export interface Changes {
  before: Position[]
  after: Position[]
  tokens: Set<string>
  /** Trades that are new and stand. */
  trades: CountedTrade[]
  /** Tokens of which trades were removed. */
  uncounted: Set<string>
  /** There is more than was taken. */
  isMore: boolean
}

type Taken = CountedTrade & { id: number | string; created_at: number; removed_at?: number | null }

/** Reads facts that are new, and which were removed. */
export async function readChanges(client: QueryClientContract, now: number): Promise<Changes> {
  const before = await readPositions(client, now)
  const changes: Changes = {
    before,
    after: [],
    tokens: new Set(),
    trades: [],
    uncounted: new Set(),
    isMore: false,
  }
  for (const position of before) {
    const rows = await readNew(client, position, now)
    for (const { token_address: token } of rows) changes.tokens.add(token)
    if (position.fact_type === 'trade') {
      changes.trades = rows.filter(({ removed_at: removedAt }) => removedAt === null)
    }
    const removed = await readRemoved(client, position, now)
    for (const token of removed.tokens) {
      changes.tokens.add(token)
      if (position.fact_type === 'trade') changes.uncounted.add(token)
    }
    changes.isMore ||= rows.length === AT_ONCE
    changes.after.push({
      ...position,
      fact_id: Number(rows.at(-1)?.id ?? position.fact_id),
      removed_at: Math.max(position.removed_at, removed.newest),
    })
  }
  return changes
}

async function readPositions(client: QueryClientContract, now: number): Promise<Position[]> {
  const rows = await rowsOf<Position>(client, 'select * from market_positions', [])
  const positions = KINDS.map(async (kind) => {
    const row = rows.find(({ fact_type: type }) => type === kind)
    const id = row?.fact_id ?? (await beginningOf(client, kind, now))
    return { fact_type: kind, fact_id: Number(id), removed_at: Number(row?.removed_at ?? 0) }
  })
  return Promise.all(positions)
}

/** Each token is known by its launch. */
async function beginningOf(client: QueryClientContract, kind: Kind, now: number): Promise<number> {
  if (kind !== 'trade') return 0
  const { after } = await idBounds(client, 'trades', { since: now - OLDEST_MS })
  return after
}

/** On PostgreSQL a smaller id may become visible after a larger one: rows behind such a hole wait. */
async function readNew(
  client: QueryClientContract,
  { fact_type: kind, fact_id: id }: Position,
  now: number
) {
  const { table, columns } = TABLES[kind]
  const rows = await rowsOf<Taken>(
    client,
    `select id, token_address, created_at${columns} from ${table} where id > ? order by id limit ${AT_ONCE}`,
    [id]
  )
  return client.dialect.name === 'postgres' ? settledRows(rows, id, now) : rows
}

/** Pools that were removed need no look: their tokens' launches or trades were, too. */
async function readRemoved(
  client: QueryClientContract,
  { fact_type: kind, removed_at: at }: Position,
  now: number
) {
  if (kind === 'pool') return { tokens: [], newest: 0 }

  const rows = await rowsOf<{ token_address: string; newest: number | string }>(
    client,
    `select token_address, max(removed_at) as newest from ${TABLES[kind].table}
     where removed_at is not null and removed_at > ? group by token_address`,
    [now - at < 2 * LATE_MS ? at - LATE_MS : at]
  )
  return {
    tokens: rows.map(({ token_address: token }) => token),
    newest: Math.max(0, ...rows.map(({ newest }) => Number(newest))),
  }
}

/** Another process has kept the figures meanwhile: what was read is counted there. */
export class PositionMovedError extends Error {
  constructor() {
    super('the figures of the market are kept by another process as well')
  }
}

/**
 * Moves the positions on, inside the transaction that takes the changes in.
 *
 * @throws PositionMovedError
 */
export async function movePositions(client: QueryClientContract, { before, after }: Changes) {
  for (const [index, { fact_type: kind, fact_id: id, removed_at: removedAt }] of after.entries()) {
    const from = before[index]!.fact_id
    await execute(
      client,
      `insert into market_positions (fact_type, fact_id, removed_at) values (?, ?, 0)
       on conflict (fact_type) do nothing`,
      [kind, from]
    )
    const moved = await rowsOf(
      client,
      `update market_positions set fact_id = ?, removed_at = ?
       where fact_type = ? and fact_id = ? returning fact_id`,
      [id, removedAt, kind, from]
    )
    if (moved.length === 0) throw new PositionMovedError()
  }
}
