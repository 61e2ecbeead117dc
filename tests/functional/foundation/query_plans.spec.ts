import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { searchDeliveries } from '#webhooks/deliveries/search_deliveries'
import { optimizeDatabase } from '#foundation/db/tune_sqlite'
import type { FactFilters } from '#feed/fact_filters'
import { RANGES, SORTS } from '#market/market_wish'
import { rankTokens } from '#market/ranked_tokens'
import { walkFacts } from '#feed/fact_list'
import { recordTotal } from '#feed/tron/record_pages'
import type { FactType } from '#facts/registry'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import {
  someAddress,
  storeLaunch,
  storeManyTrades,
  storePool,
  storeTrade,
} from '#tests/support/facts'
import { planOf, recordStatements, type Recorded } from '#tests/support/recorded_statements'
import { SettableClock } from '#tests/support/settable_clock'

const ADDRESS = someAddress()

const CHAIN = {
  source: 'four',
  token_address: ADDRESS,
  quote_address: ADDRESS,
  pool_id: ADDRESS,
  from_block: 1,
  to_block: 2,
  since: 1,
  until: 2,
}

const FILTERS: Partial<Record<FactType, FactFilters>> = {
  launch: { ...CHAIN, kind: 'created', creator: ADDRESS },
  pool: { ...CHAIN, kind: 'curve', creator: ADDRESS },
  trade: { ...CHAIN, trader: ADDRESS, side: 'buy' },
  ocr_wallet: { msg_id: 'm', group_id: 'g', wallet_code: 'c', wx_id: 'w', since: 1, until: 2 },
}

const TABLES = ['launch_events', 'pools', 'trades', 'ocr_wallet_info', 'notification_jobs']

/** What reads a big table has both ends of a stretch of ids, or counts to a limit. */
const BOUNDED = /\bid >= (?:\?|\$\d)|\boffset \d+|\blimit \d+|\b(?:min|max)\(/

/** Ways whose order is that of nothing, which are read only while they are short. */
const SORTED = /notification_jobs_(?:fact_type|leased)|ocr_wallet_info_key/

/** None, each alone, each two, and all together. */
function combinations<Filters extends object>(all: Filters): Partial<Filters>[] {
  const entries = Object.entries(all)
  const pairs = entries.flatMap((one, index) =>
    entries.slice(index + 1).map((other) => [one, other])
  )
  const chosen = [[], ...entries.map((one) => [one]), ...pairs, entries]
  return chosen.map((some) => Object.fromEntries(some) as Partial<Filters>)
}

/** The statements that read a big table, each once. */
function bigReads(statements: readonly Recorded[]): Recorded[] {
  const bySql = new Map(statements.map((statement) => [statement.sql, statement]))
  return [...bySql.values()].filter(({ sql }) => TABLES.some((table) => sql.includes(table)))
}

function withoutBound(plan: readonly string[]): string[] {
  const wholeRead = new RegExp(`(?:^SCAN|Seq Scan on) (?:${TABLES.join('|')})`)
  return plan.filter((step) => wholeRead.test(step) && !step.includes('_leased'))
}

const isSqlite = () => db.connection().dialect.name !== 'postgres'

test.group('Query plans', (group) => {
  group.each.setup(() => emptyDatabase())

  test('no filter of a list of {$self}, alone or combined, reads a table or sorts without a bound')
    .with(Object.keys(FILTERS) as FactType[])
    .run(async ({ assert }, type) => {
      await storeLaunch()
      await storePool()
      await storeTrade()
      for (const filters of combinations(FILTERS[type]!)) {
        const statements = await recordStatements(() => walkFacts(type, filters, { limit: 50 }))
        await assertBounded(statements, JSON.stringify(filters))
      }

      async function assertBounded(statements: Recorded[], filters: string) {
        for (const statement of bigReads(statements)) {
          await assertPlan(assert, statement, filters)
        }
      }
    })

  test('no filter of the deliveries, alone or combined, reads a table or sorts without a bound')
    .with([null, 'an owner'] as const)
    .run(async ({ assert }, whose) => {
      const { id } = await storeUser(someAddress())
      const owner = whose && id
      const endpoint = await storeEndpoint('https://example.com/', { ownerId: id })
      const other = { endpoint_id: endpoint.id, token_address: ADDRESS, since: 1, until: 2 }
      const types = ['trade.executed', 'payment.credited', 'pool.created.removed']
      const all = [
        ...JOB_STATES.map((state) => ({ ...other, state, event_type: types[0] })),
        ...types.map((type) => ({ ...other, event_type: type })),
      ]
      for (const filters of all.flatMap((some) => combinations(some))) {
        const statements = await recordStatements(() =>
          searchDeliveries(owner, filters, { limit: 50 })
        )
        for (const statement of bigReads(statements)) {
          await assertPlan(assert, statement, JSON.stringify(filters))
        }
      }
    })

  test('the records of an account of TRON are counted in the index of its address alone', async ({
    assert,
  }) => {
    const asked = { chain_id: 1, resource_type: 'ENERGY', since: 1, until: 2 }
    const lists = [
      ['stake', { ...asked, owner_address: ADDRESS, operation_type: 'freeze' }],
      ['delegate', { ...asked, receiver_address: ADDRESS, operation_type: 'delegate' }],
      ['unfreeze', { ...asked, owner_address: ADDRESS, status: 'waiting' }],
    ] as const
    for (const [list, filters] of lists) {
      const [counted] = await recordStatements(() => recordTotal(list, filters))
      const plan = await planOf(counted!)
      assert.match(plan.join('\n'), /COVERING INDEX|Index Only Scan/, list)
    }
  })

  test('no order of tokens, limited or not, reads them all')
    .with(SORTS.map((sort) => ({ sort })))
    .run(async ({ assert }, { sort }) => {
      const limits = Object.fromEntries(RANGES.map((name) => [name, { min: 1, max: 2 }]))
      const stages = [undefined, 'created', 'nearly', 'graduated'] as const
      const wishes = stages.flatMap((stage) => [
        { stage, ranges: {} },
        ...combinations(limits).map((ranges) => ({ stage, ranges, source: 'four', quote: 'BNB' })),
      ])
      for (const wish of wishes) {
        const statements = await recordStatements(() =>
          rankTokens({ sort, window: '1h', ...wish }, { after: { value: 3, id: 9 }, limit: 50 })
        )
        for (const statement of statements) {
          const plan = await planOf(statement)
          assert.notMatch(
            plan.join('\n'),
            /^SCAN token_markets(?! USING)|Seq Scan on token_markets/m,
            `${JSON.stringify(wish)}: ${statement.sql}`
          )
          assert.match(statement.sql, /limit \d+/)
        }
      }
    })

  test('statistics of a database that has grown leave it at that', async ({ assert }) => {
    await storeManyTrades(Array(30).fill({}))
    await optimizeDatabase(new SettableClock())
    if (isSqlite()) {
      const tables = await db.from('sqlite_stat1').distinct('tbl').select('tbl')
      assert.includeMembers(
        tables.map(({ tbl }) => tbl),
        ['trades']
      )
    }
    for (const filters of combinations(FILTERS.trade!)) {
      const statements = await recordStatements(() => walkFacts('trade', filters, { limit: 50 }))
      for (const statement of bigReads(statements)) {
        await assertPlan(assert, statement, JSON.stringify(filters))
      }
    }
  })
})

async function assertPlan(assert: any, statement: Recorded, filters: string) {
  const { sql } = statement
  assert.match(sql, BOUNDED, filters)
  const plan = await planOf(statement)
  assert.isEmpty(withoutBound(plan), `${filters}: ${sql}`)
  if (isSqlite() && !SORTED.test(sql)) {
    assert.notInclude(plan.join('\n'), 'USE TEMP B-TREE', `${filters}: ${sql}`)
  }
}
