import db from '@adonisjs/lucid/services/db'
import { writeTransaction } from '#foundation/db/transaction'

let serial = 0

/** A 32-byte hash that no other call answers. */
export function someHash(): string {
  return `0x${(++serial).toString(16).padStart(64, '0')}`
}

/** A 20-byte address that no other call answers. */
export function someAddress(): string {
  return `0x${(++serial).toString(16).padStart(40, '0')}`
}

const FACTS_AT_ONCE = 500

const position = () => ({
  chain_id: 56,
  log_index: 0,
  block_number: 70_000_000 + serial,
  block_hash: someHash(),
  event_time: 1_780_000_000_000,
  created_at: 1_780_000_000_500,
})

/** As a scanner would: in a transaction that wakes who waits for commits. */
function insert(table: string, row: object): Promise<number> {
  return writeTransaction(async (trx) => {
    const [inserted] = await trx.knexQuery().table(table).insert(row).returning('id')
    return Number(inserted.id)
  })
}

const launch = () => ({
  ...position(),
  source: 'four',
  kind: 'created',
  token_address: someAddress(),
  name: '测试代币',
  symbol: 'TEST',
  creator: someAddress(),
  launch_tx: someHash(),
  raw: '{}',
})

/** Stores a launch as a scanner would and answers its id. */
export function storeLaunch(columns: object = {}) {
  return insert('launch_events', { ...launch(), ...columns })
}

/** Stores many launches, in few statements. */
export async function storeLaunches(count: number) {
  for (let left = count; left > 0; left -= FACTS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(left, FACTS_AT_ONCE) }, launch)
    await db.table('launch_events').multiInsert(rows)
  }
}

/** Stores a bonding curve as a scanner would and answers its id. */
export function storePool(columns: object = {}) {
  const token = someAddress()
  return insert('pools', {
    ...position(),
    source: 'four',
    kind: 'curve',
    pool_id: token,
    token_address: token,
    tx_hash: someHash(),
    ...columns,
  })
}

const trade = () => {
  const token = someAddress()
  return {
    ...position(),
    source: 'four',
    pool_id: token,
    trader: someAddress(),
    token_address: token,
    side: 'buy',
    quote_address: '0x0000000000000000000000000000000000000000',
    quote_amount: '1000000000000000000',
    base_amount: '5000000000000000000000',
    fee: '10000000000000000',
    price: '200000000000000',
    tx_hash: someHash(),
  }
}

/** Stores a trade as a scanner would and answers its id. */
export function storeTrade(columns: object = {}) {
  return insert('trades', { ...trade(), ...columns })
}

/** Stores many trades, in few statements, and answers their ids in the same order. */
export async function storeManyTrades(rows: readonly object[]): Promise<number[]> {
  const ids: number[] = []
  for (let first = 0; first < rows.length; first += FACTS_AT_ONCE) {
    const some = rows.slice(first, first + FACTS_AT_ONCE)
    const stored = await db
      .knexQuery()
      .table('trades')
      .insert(some.map((columns) => ({ ...trade(), ...columns })))
      .returning('id')
    ids.push(...stored.map(({ id }) => Number(id)))
  }
  return ids.toSorted((one, other) => one - other)
}
