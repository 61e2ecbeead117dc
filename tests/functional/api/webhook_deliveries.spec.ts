import { test } from '@japa/runner'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeLaunch, storeTrade } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { startReceiver } from '#tests/support/receiver'

const PATH = '/api/v1/webhook/deliveries'

const ids = (response: { body: () => any }): number[] =>
  response.body().data.map(({ id }: { id: number }) => id)

test.group('Deliveries over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('they are found by state, endpoint, type, token and time, newest first', async ({
    client,
    assert,
  }) => {
    const token = someAddress()
    const good = await startReceiver()
    const bad = await startReceiver((_, response) => response.writeHead(410).end())
    const one = await storeEndpoint(good.url)
    const two = await storeEndpoint(bad.url, { eventTypes: ['launch.*'] })
    await storeLaunch()
    await storeTrade({ token_address: token })
    startSender()
    await allJobsDone()
    const headers = await authorized(['webhooks:read'])
    const found = (query: object) => client.get(PATH).qs(query).headers(headers)

    const all = await found({})
    assert.lengthOf(ids(all), 3)
    assert.deepEqual(
      ids(all),
      ids(all).toSorted((a, b) => b - a)
    )
    const traded = await found({ event_type: 'trade.executed' })
    assert.containsSubset(traded.body().data, [{ token_address: token, state: 'sent', tries: 1 }])

    const written = `0x${token.slice(2).toUpperCase()}`
    assert.deepEqual(ids(await found({ token_address: written })), ids(traded))
    assert.lengthOf(ids(await found({ endpoint_id: one.id })), 2)
    const failed = await found({ state: 'failed' })
    assert.containsSubset(failed.body().data, [{ endpoint_id: two.id, state: 'failed' }])
    assert.deepEqual(ids(await found({ state: 'failed', endpoint_id: two.id })), ids(failed))
    for (const state of ['pending', 'sending', 'expired', 'held', 'skipped']) {
      assert.isEmpty(ids(await found({ state })))
    }
    const created = all.body().data[0].created_at
    assert.isEmpty(ids(await found({ since: created + 1 })))
    assert.isEmpty(ids(await found({ until: all.body().data[2].created_at })))
    assert.lengthOf(ids(await found({ since: created - 60_000, until: created + 1 })), 3)
  })

  test('a cursor goes through all of them once', async ({ client, assert }) => {
    const { url } = await startReceiver()
    const one = await storeEndpoint(url)
    for (let count = 0; count < 5; count++) await storeTrade()
    startSender()
    await allJobsDone()
    const headers = await authorized()

    const seen: number[] = []
    let cursor: string | undefined
    do {
      const query = { endpoint_id: one.id, limit: 2, ...(cursor && { cursor }) }
      const page = await client.get(PATH).qs(query).headers(headers)
      seen.push(...ids(page))
      cursor = page.body().meta.next_cursor ?? undefined
    } while (cursor)
    assert.lengthOf(new Set(seen), 5)
    assert.lengthOf(seen, 5)
  })

  test('one shows every attempt with what went wrong in words, and what was answered', async ({
    client,
    assert,
  }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 200).end(count === 1 ? 'out of order' : 'thanks')
    })
    await storeEndpoint(receiver.url, { retrySchedule: [1] })
    await storeLaunch()
    startSender()
    await allJobsDone()
    const headers = await authorized()
    const [id] = ids(await client.get(PATH).headers(headers))

    const shown = await client.get(`${PATH}/${id}`).headers(headers)
    shown.assertStatus(200)
    const { attempts, ...delivery } = shown.body().data
    assert.containsSubset(delivery, { state: 'sent', tries: 2, is_replayed: false })
    assert.containsSubset(attempts, [
      {
        attempt: 1,
        outcome: 'failed',
        http_status: 500,
        failure_kind: 'status',
        failure: 'the receiver did not answer with a 2xx status',
        answer: 'out of order',
      },
      { attempt: 2, outcome: 'accepted', http_status: 200, failure: null, answer: 'thanks' },
    ])
  })

  test('a user finds and replays the deliveries of its own endpoints only', async ({
    client,
    assert,
  }) => {
    const receiver = await startReceiver()
    const user = await storeUser(someAddress())
    await givePro(user.id)
    const own = await storeEndpoint(receiver.url, { ownerId: user.id })
    await storeEndpoint(receiver.url)
    await storeTrade()
    startSender()
    await allJobsDone()
    const headers = await authorized(['*'], user)

    const list = await client.get(PATH).headers(headers)
    assert.lengthOf(list.body().data, 1)
    assert.equal(list.body().data[0].endpoint_id, own.id)
    const all = await client.get(PATH).headers(await authorized())
    const other = ids(all).find((id) => id !== ids(list)[0])
    const hidden = await client.get(`${PATH}/${other}`).headers(headers)
    hidden.assertStatus(404)
    const replay = await client.post(`${PATH}/${other}/replay`).headers(headers).json({})
    replay.assertStatus(404)
    const stats = await client.get('/api/v1/webhook/stats').headers(headers)
    assert.containsSubset(stats.body().data, { total_pushed: 1, endpoints: [{ id: own.id }] })
  })

  test('{method} {path} needs {scope}')
    .with([
      { method: 'get', path: PATH, scope: 'webhooks:read' },
      { method: 'get', path: '/api/v1/webhook/stats', scope: 'webhooks:read' },
      { method: 'post', path: `${PATH}/replay`, scope: 'webhooks:write' },
      { method: 'post', path: '/api/v1/webhook/endpoints/1/replays', scope: 'webhooks:write' },
    ] as const)
    .run(async ({ client }, { method, path, scope }) => {
      const other = scope === 'webhooks:read' ? 'webhooks:write' : 'webhooks:read'
      const refused = await client[method](path).headers(await authorized([other]))
      refused.assertStatus(403)
    })
})
