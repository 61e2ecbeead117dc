import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const pathOf = (endpoint: { id: number }) => `/api/v1/webhook/endpoints/${endpoint.id}/replays`

test.group('Replays over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('history reaches an endpoint that came later', async ({ client, assert }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { createdAt: systemClock.now() })
    await storeLaunch()
    await storeTrade()
    startSender()
    const headers = await authorized()

    const body = { kind: 'history', since: 0, event_types: ['launch.*'], rate_per_second: 100 }
    const begun = await client.post(pathOf(endpoint)).headers(headers).json(body)
    begun.assertStatus(201)
    const { id, ...replay } = begun.body().data
    begun.assertHeader('location', `${pathOf(endpoint)}/${id}`)
    assert.containsSubset(replay, { ...body, state: 'running', again: false, limit: null })
    await receiver.received(1)
    assert.equal(receiver.deliveries[0]!.event.event_type, 'launch.created')

    const list = await client.get(pathOf(endpoint)).headers(headers)
    assert.containsSubset(list.body().data, [{ id, added: 1 }])
    const shown = await client.get(`${pathOf(endpoint)}/${id}`).headers(headers)
    shown.assertBodyContains({ data: { id, added: 1, revived: 0 } })
  })

  test('a key begins one replay, however often it is sent', async ({ client, assert }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const headers = { ...(await authorized()), 'idempotency-key': 'monday' }
    const begin = (body: object) => client.post(pathOf(endpoint)).headers(headers).json(body)

    const first = await begin({ kind: 'failed', since: 1000 })
    const second = await begin({ kind: 'failed', since: 1000 })
    first.assertStatus(201)
    second.assertStatus(200)
    assert.equal(second.body().data.id, first.body().data.id)

    const other = await begin({ kind: 'history', since: 1000 })
    other.assertStatus(409)
    assert.equal(other.body().errors[0].code, 'idempotency_conflict')
  })

  test('a key that began a replay until a time belongs to no other time', async ({ client }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const token = await authorized()
    const begin = (key: string, until?: number) =>
      client
        .post(pathOf(endpoint))
        .headers({ ...token, 'idempotency-key': key })
        .json({ kind: 'history', since: 1000, until })

    for (const [key, first, second, status] of [
      ['both until the same time', 5000, 5000, 200],
      ['until another time', 5000, 6000, 409],
      ['a time first, then none', 5000, undefined, 409],
      ['no time first, then one', undefined, 5000, 409],
      ['both until now', undefined, undefined, 200],
    ] as const) {
      const begun = await begin(key, first)
      begun.assertStatus(201)
      const asked = await begin(key, second)
      asked.assertStatus(status)
    }
  })

  test('no more than 20 of an endpoint run at once', async ({ client }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const headers = await authorized()
    const begin = () =>
      client.post(pathOf(endpoint)).headers(headers).json({ kind: 'failed', since: 1000 })

    for (let count = 0; count < 20; count++) {
      const begun = await begin()
      begun.assertStatus(201)
    }
    const refused = await begin()
    refused.assertStatus(409)
    refused.assertBodyContains({ errors: [{ code: 'too_many_replays' }] })
  })

  test('one is cancelled, and stays so', async ({ client, assert }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const headers = await authorized()
    const body = { kind: 'history', since: 0 }
    const begun = await client.post(pathOf(endpoint)).headers(headers).json(body)
    const path = `${pathOf(endpoint)}/${begun.body().data.id}`

    for (let count = 0; count < 2; count++) {
      const cancelled = await client.delete(path).headers(headers)
      cancelled.assertStatus(200)
      cancelled.assertBodyContains({ data: { state: 'cancelled' } })
    }
    assert.isEmpty(await jobs())
  })

  test('what cannot be is refused in words', async ({ client, assert }) => {
    const endpoint = await storeEndpoint('https://192.88.98.1/')
    const disabled = await storeEndpoint('https://192.88.98.2/', { state: 'disabled' })
    const user = await storeUser(someAddress())
    const operator = await authorized()
    const valid = { kind: 'failed', since: 0 }
    const cases = [
      [endpoint, operator, { kind: 'failed' }, 422, 'invalid_parameter', 'since'],
      [endpoint, operator, { ...valid, kind: 'all' }, 422, 'invalid_parameter', 'kind'],
      [endpoint, operator, { ...valid, rate: 5 }, 422, 'unknown_parameter', 'rate'],
      [endpoint, operator, { ...valid, rate_per_second: 0 }, 422, 'invalid_parameter'],
      [endpoint, operator, { ...valid, event_types: ['lunch.*'] }, 422, 'invalid_parameter'],
      [endpoint, operator, { ...valid, until: 0 }, 422, 'invalid_parameter', 'until'],
      [disabled, operator, valid, 409, 'endpoint_disabled'],
      [endpoint, await authorized(['*'], user), valid, 404, 'unknown_endpoint'],
    ] as const
    for (const [target, headers, body, status, code, field] of cases) {
      const refused = await client.post(pathOf(target)).headers(headers).json(body)
      refused.assertStatus(status)
      const [error] = refused.body().errors
      assert.equal(error.code, code)
      if (field) assert.equal(error.field, field)
    }
    const missing = await client.delete(`${pathOf(endpoint)}/99`).headers(operator)
    missing.assertStatus(404)
    assert.equal(missing.body().errors[0].code, 'unknown_replay')
  })
})
