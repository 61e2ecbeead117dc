import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { request } from 'undici'
import { test } from '@japa/runner'
import activeSources from '#start/sources'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'

// Answers are shared for 20 ms per address, so each test asks at an address of its own.
test.group('Latest events', (group) => {
  group.each.setup(() => emptyDatabase())

  test('lists launches of both kinds, the newest first', async ({ client, assert }) => {
    const created = await storeLaunch({ event_time: 1_780_000_000_123 })
    const graduated = await storeLaunch({ kind: 'graduated', source: 'flap' })

    const response = await client.get('/api/events/latest')

    response.assertStatus(200)
    response.assertHeader('content-type', 'application/json; charset=utf-8')
    const { data, meta } = response.body()
    assert.deepEqual(
      data.map(({ id }: { id: number }) => id),
      [graduated, created]
    )
    assert.equal(data[1].event_time, 1_780_000_000_123)
    assert.deepEqual(meta, { next_cursor: null })
  })

  test('lists one source', async ({ client, assert }) => {
    await storeLaunch({ source: 'four' })
    const flap = await storeLaunch({ source: 'flap' })

    const response = await client.get('/api/events/latest/flap')

    assert.deepEqual(
      response.body().data.map(({ id }: { id: number }) => id),
      [flap]
    )
  })

  test('names the known sources when asked for an unknown one', async ({ client }) => {
    const known = activeSources().map(({ name }) => name)
    const response = await client.get('/api/events/latest/uniswap')

    response.assertStatus(404)
    response.assertBody({
      errors: [
        {
          code: 'unknown_source',
          message: `There is no source "uniswap". Known sources: ${known.join(', ')}.`,
          field: 'source',
        },
      ],
      meta: { known_sources: known },
    })
  })

  test('leaves out what a reorg removed', async ({ client, assert }) => {
    await storeLaunch({ removed_at: 1_780_000_001_000 })

    const response = await client.get('/api/events/latest').qs({ limit: 7 })

    assert.lengthOf(response.body().data, 0)
  })

  test('lists only the columns that leave the house', async ({ client, assert }) => {
    await storeLaunch()

    const response = await client.get('/api/events/latest').qs({ limit: 8 })

    assert.notProperty(response.body().data[0], 'raw')
    assert.notProperty(response.body().data[0], 'planned_at')
  })

  test('is compressed as its reader can read it, for readers of one moment alike', async ({
    assert,
  }) => {
    for (let count = 0; count < 5; count++) await storeLaunch()
    const path = '/api/events/latest?limit=5'

    const plain = await readRaw(path)
    const read = { gzip: gunzipSync, br: brotliDecompressSync }
    for (const [encoding, unpack] of Object.entries(read)) {
      const { headers, body } = await readRaw(path, encoding)
      assert.equal(headers['content-encoding'], encoding)
      assert.equal(headers.vary, 'Accept-Encoding')
      assert.equal(unpack(body).toString(), plain.body.toString())
    }
    const refused = await readRaw(path, 'gzip;q=0, br;q=0')
    assert.isUndefined(refused.headers['content-encoding'])
    assert.equal(refused.body.toString(), plain.body.toString())
  })
})

async function readRaw(path: string, encoding?: string) {
  const { headers, body } = await request(appUrl(path), {
    headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
  })
  return { headers, body: Buffer.from(await body.arrayBuffer()) }
}
