import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const OTHER = '0xe2ce6ab80874fa9fa2aae65d277dd6b8e65c9de0'

const ids = (body: { data: { id: number }[] }) => body.data.map(({ id }) => id)

test.group('Lists', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a cursor walks through every fact once, whatever is stored meanwhile', async ({
    client,
    assert,
  }) => {
    const stored = [await storeLaunch(), await storeLaunch(), await storeLaunch()]

    const first = await client.get('/api/v1/launches').qs({ limit: 2 })
    await storeLaunch()
    const { next_cursor: cursor } = first.body().meta
    const second = await client.get('/api/v1/launches').qs({ limit: 2, cursor })

    assert.deepEqual([...ids(first.body()), ...ids(second.body())], stored.toReversed())
    assert.isNull(second.body().meta.next_cursor)
  })

  test('an address filter takes any letter case', async ({ client, assert }) => {
    const wanted = await storeTrade({ token_address: TOKEN })
    await storeTrade({ token_address: OTHER })

    const response = await client
      .get('/api/v1/trades')
      .qs({ token_address: `0x${TOKEN.slice(2).toUpperCase()}` })

    assert.deepEqual(ids(response.body()), [wanted])
  })

  test('trades are filtered by their pool, of which a token may have several', async ({
    client,
    assert,
  }) => {
    await storePool({ token_address: TOKEN, pool_id: TOKEN })
    await storePool({ token_address: TOKEN, pool_id: OTHER, kind: 'v2' })
    await storeTrade({ token_address: TOKEN, pool_id: TOKEN })
    const wanted = await storeTrade({ token_address: TOKEN, pool_id: OTHER })

    const response = await client.get('/api/v1/trades').qs({ pool_id: OTHER })

    assert.deepEqual(ids(response.body()), [wanted])
  })

  test('launches are filtered by {$self}')
    .with(['source', 'kind', 'creator', 'quote_address', 'pool_id'])
    .run(async ({ client, assert }, filter) => {
      const facts = { source: 'flap', kind: 'graduated' }
      const wanted = { ...facts, creator: TOKEN, quote_address: TOKEN, pool_id: TOKEN }
      const id = await storeLaunch(wanted)
      await storeLaunch({ creator: OTHER, quote_address: OTHER, pool_id: OTHER })

      const value = wanted[filter as keyof typeof wanted]
      const response = await client.get('/api/v1/launches').qs({ [filter]: value })

      assert.deepEqual(ids(response.body()), [id])
    })

  test('trades are filtered by side and trader', async ({ client, assert }) => {
    const wanted = await storeTrade({ side: 'sell', trader: TOKEN })
    await storeTrade({ side: 'buy', trader: TOKEN })
    await storeTrade({ side: 'sell', trader: OTHER })

    const response = await client.get('/api/v1/trades').qs({ side: 'sell', trader: TOKEN })

    assert.deepEqual(ids(response.body()), [wanted])
  })

  test('pools are filtered by kind', async ({ client, assert }) => {
    const wanted = await storePool({ kind: 'v2' })
    await storePool()

    const response = await client.get('/api/v1/pools').qs({ kind: 'v2' })

    assert.deepEqual(ids(response.body()), [wanted])
  })

  test('block bounds are both included', async ({ client, assert }) => {
    for (const block of [9, 10, 11, 12]) await storeTrade({ block_number: block })

    const response = await client.get('/api/v1/trades').qs({ from_block: 10, to_block: 11 })

    const blocks = response.body().data.map((row: { block_number: number }) => row.block_number)
    assert.deepEqual(blocks, [11, 10])
  })

  test('a window of time has its start and not its end, in milliseconds or ISO 8601', async ({
    client,
    assert,
  }) => {
    const start = Date.parse('2026-11-20T08:00:00Z')
    const wanted = await storeTrade({ event_time: start })
    await storeTrade({ event_time: start + 1000 })

    const response = await client
      .get('/api/v1/trades')
      .qs({ since: '2026-11-20T16:00:00+08:00', until: start + 1000 })

    assert.deepEqual(ids(response.body()), [wanted])
  })

  test('amounts are decimal text, not numbers', async ({ client, assert }) => {
    await storeTrade({ quote_amount: (2n ** 256n - 1n).toString() })

    const response = await client.get('/api/v1/trades')

    assert.equal(response.body().data[0].quote_amount, (2n ** 256n - 1n).toString())
  })
})
