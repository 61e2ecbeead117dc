import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { trade } from '#facts/trade'
import { factChecks } from '#feed/fact_filters'
import type { FactFilters } from '#feed/fact_filters'
import { waysToFacts } from '#feed/ways_to_facts'
import { boundedWalk } from '#foundation/walk/bounded_walk'
import { Zones } from '#foundation/walk/zones'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeManyTrades, storeTrade } from '#tests/support/facts'
import { seededRandom } from '#tests/support/random'
import { SettableClock } from '#tests/support/settable_clock'

const BOUNDS = { index: 7, table: 20 }

const [ONE, TWO] = ['0x1', '0x2'].map((start) => start.padEnd(42, '0')) as [string, string]

interface Numbered {
  id: number | string
}

/** All ids of a list in the order of its pages. */
async function idsOf(...walk: Parameters<typeof walkTrades>): Promise<number[]> {
  const pages = await walkTrades(...walk)
  return pages.flat()
}

/** How many rows each page of a list has. */
async function sizesOf(...walk: Parameters<typeof walkTrades>): Promise<number[]> {
  const pages = await walkTrades(...walk)
  return pages.map((page) => page.length)
}

/** Walks through a list of trades page by page, and answers the ids of each page. */
async function walkTrades(filters: FactFilters, limit: number, zones?: Zones) {
  const pages: number[][] = []
  const client = db.connection()
  const ranges = [
    { column: 'block_number', from: filters.from_block ?? 0, to: filters.to_block ?? Infinity },
  ]
  let before: number | undefined
  for (;;) {
    const { rows, below } = await boundedWalk<Numbered>(client, {
      table: 'trades',
      columns: ['id'],
      ways: await waysToFacts(client, trade, filters),
      checks: factChecks(trade, filters),
      zoned: zones && { zones, ranges },
      before,
      limit,
      bounds: BOUNDS,
    })
    pages.push(rows.map(({ id }) => Number(id)))
    if (below === null) {
      return pages
    }
    before = below
  }
}

test.group('A bounded walk', (group) => {
  group.each.setup(() => emptyDatabase())

  test('finds what each filter wants, every row once and the newest first', async ({ assert }) => {
    const { pick, chance } = seededRandom(14)
    const ids = await storeManyTrades(
      Array.from({ length: 120 }, (_, index) => ({
        source: pick(['four', 'four', 'flap']),
        trader: pick([ONE, ONE, TWO]),
        token_address: pick([ONE, ONE, ONE, TWO]),
        side: pick(['buy', 'sell']),
        block_number: 1000 + pick([0, 1000]) + index,
        removed_at: chance(0.1) ? 1 : null,
      }))
    )
    const holes = ids.filter(() => chance(0.2))
    await db.from('trades').whereIn('id', holes).delete()
    const stored = await db.from('trades').whereNull('removed_at').orderBy('id', 'desc')

    for (const source of [undefined, 'flap', 'gmgn']) {
      for (const trader of [undefined, ONE, TWO]) {
        for (const token of [undefined, TWO]) {
          for (const fromBlock of [undefined, 2000]) {
            const filters = { source, trader, token_address: token, from_block: fromBlock }
            const wanted = stored.filter(
              (row) =>
                (!source || row.source === source) &&
                (!trader || row.trader === trader) &&
                (!token || row.token_address === token) &&
                (!fromBlock || Number(row.block_number) >= fromBlock)
            )
            assert.deepEqual(
              await idsOf(filters, 5),
              wanted.map(({ id }) => Number(id)),
              JSON.stringify(filters)
            )
          }
        }
      }
    }
  })

  test('ends a page where its bound is, and goes on below it', async ({ assert }) => {
    await storeManyTrades(Array(45).fill({}))
    assert.deepEqual(await sizesOf({ source: 'flap' }, 5), [0, 0, 0])
  })

  test('passes over ids that no row has', async ({ assert }) => {
    const id = await storeTrade()
    await storeTrade({ id: id + 1_000_000 })
    await storeTrade({ id: id + 2_000_000 })
    assert.lengthOf(await walkTrades({ source: 'flap' }, 5), 3)
  })

  test('takes the way on which it sees the end, where several lead there', async ({ assert }) => {
    const trades = Array.from({ length: 40 }, (_, index) => ({
      trader: ONE,
      token_address: index === 0 ? TWO : ONE,
    }))
    await storeManyTrades(trades)
    const pages = await walkTrades({ trader: ONE, token_address: TWO, side: 'buy' }, 5)
    assert.deepEqual(
      pages.map((page) => page.length),
      [1]
    )
  })

  test('passes over zones in which nothing can be, also where old blocks were read late', async ({
    assert,
  }) => {
    const blocks = Array.from({ length: 90 }, (_, index) => (index === 40 ? 7 : 5000 + index))
    const ids = await storeManyTrades(blocks.map((block) => ({ block_number: block })))
    const wanted = [ids[40]!]
    const clock = new SettableClock()
    const zones = new Zones({ table: 'trades', columns: ['block_number'], clock, rows: 10 })
    const slow = await walkTrades({ to_block: 100 }, 5, zones)
    await zones.learn(db.connection())
    const quick = await walkTrades({ to_block: 100 }, 5, zones)

    assert.deepEqual(slow.flat(), wanted)
    assert.deepEqual(quick.flat(), wanted)
    assert.isBelow(quick.length, slow.length)
  })

  test('walks through a zone whose rows are so new that one may be on its way', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const zones = new Zones({ table: 'trades', columns: ['block_number'], clock, rows: 5 })
    const [first] = await storeManyTrades(
      Array.from({ length: 30 }, (_, index) => ({
        block_number: 5000 + index,
        created_at: clock.now(),
      }))
    )
    await zones.learn(db.connection())
    await db.from('trades').where('id', first!).update({ block_number: 7 })
    assert.deepEqual(await idsOf({ to_block: 100 }, 5, zones), [first!])

    clock.pass(3_600_000)
    await zones.learn(db.connection())
    assert.deepEqual(await idsOf({ to_block: 100 }, 5, zones), [first!])
    assert.deepEqual(await walkTrades({ to_block: 6 }, 5, zones), [[]])
  })
})

test.group('Lists that are walked through', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a page may be short and have a next one, also on an API list', async ({
    client,
    assert,
  }) => {
    const id = await storeLaunch({ quote_address: TWO })
    await storeLaunch({ id: id + 30_000 })

    const first = await client.get('/api/v1/launches').qs({ quote_address: TWO })
    assert.isEmpty(first.body().data)
    const { next_cursor: cursor } = first.body().meta
    const second = await client.get('/api/v1/launches').qs({ quote_address: TWO, cursor })
    assert.deepEqual(
      second.body().data.map((row: Numbered) => row.id),
      [id]
    )
    assert.isNull(second.body().meta.next_cursor)
  })

  test('the newest of a kind are found behind any number of others', async ({ client, assert }) => {
    const id = await storeLaunch({ kind: 'graduated', source: 'flap' })
    await storeLaunch({ id: id + 30_000 })

    for (const path of ['latest?kind=graduated', 'latest/flap', 'latest/flap?kind=graduated']) {
      const response = await client.get(`/api/events/${path}`)
      assert.lengthOf(response.body().data, 1, path)
    }
  })
})
