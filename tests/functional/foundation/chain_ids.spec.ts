import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import DepositAddress from '#models/deposit_address'
import LaunchEvent from '#models/launch_event'
import Payment from '#models/payment'
import Pool from '#models/pool'
import QuarantinedLog from '#models/quarantined_log'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import Token from '#models/token'
import Trade from '#models/trade'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'

/** Nile, a test net of TRON. It needs more than the 31 bits of an integer of PostgreSQL. */
const NILE = 3_448_148_188

const MODELS = [
  ...[LaunchEvent, Pool, Trade, Token, ScanCursor, ScanGap, QuarantinedLog],
  ...[DepositAddress, Payment],
]

/** Stores a row of that chain, with anything in all columns that must be filled; answers its id. */
async function storeRow(table: string, keys: object): Promise<unknown> {
  const columns = Object.entries(await db.connection().columnsInfo(table))
  const filled = columns
    .filter(([name, { nullable, defaultValue }]) => name !== 'id' && !nullable && !defaultValue)
    .map(([name, { type }]) => [name, /char|text/i.test(type) ? '7' : 7])
  const row = { ...Object.fromEntries(filled), ...keys, chain_id: NILE }
  await db.table(table).insert(row)
  const stored = await db.from(table).where('chain_id', NILE).firstOrFail()
  return stored.id
}

async function tablesOfChains(): Promise<string[]> {
  const tables = await db.connection().getAllTables(['public'])
  const known = await Promise.all(
    tables.map(async (table) => ({ table, columns: await db.connection().columnsInfo(table) }))
  )
  return known.filter(({ columns }) => 'chain_id' in columns).map(({ table }) => table)
}

test.group('Chain ids', (group) => {
  group.each.setup(() => emptyDatabase())

  test('of any chain can be stored and read in every table that has one', async ({ assert }) => {
    const tables = await tablesOfChains()
    assert.isAbove(tables.length, MODELS.length)

    const addressId = await storeRow('deposit_addresses', {})
    for (const table of tables.filter((one) => one !== 'deposit_addresses')) {
      await storeRow(table, table === 'payments' ? { address_id: addressId } : {})
    }
    for (const model of MODELS) {
      const [row] = await (model as typeof LaunchEvent).all()
      assert.strictEqual(row!.chainId, NILE, model.table)
    }
  })

  test('are numbers in what the API answers', async ({ assert, client }) => {
    await storeLaunch({ chain_id: NILE })

    const answer = await client.get('/api/v1/launches')
    assert.strictEqual(answer.body().data[0].chain_id, NILE)
  })
})
