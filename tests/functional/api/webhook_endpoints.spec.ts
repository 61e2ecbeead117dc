import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { RECEIVER_SECRET, startReceiver } from '#tests/support/receiver'

const PATH = '/api/v1/webhook/endpoints'
const URL = 'https://192.88.98.1/hooks'

test.group('Webhook endpoints over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('one that is created shows its secret once, and never again', async ({ client, assert }) => {
    const headers = await authorized()
    const created = await client.post(PATH).headers(headers).json({ url: URL })

    created.assertStatus(201)
    const { secret, ...endpoint } = created.body().data
    assert.match(secret, /^whsec_/)
    assert.containsSubset(endpoint, { url: URL, event_types: ['*'], state: 'active', pending: 0 })
    created.assertHeader('location', `${PATH}/${endpoint.id}`)

    const list = await client.get(PATH).headers(headers)
    list.assertBody({ data: [endpoint], meta: { next_cursor: null } })
    const shown = await client.get(`${PATH}/${endpoint.id}`).headers(headers)
    shown.assertBody({ data: endpoint })
  })

  test('every setting can be given, changed, and taken back', async ({ client, assert }) => {
    const headers = await authorized()
    const settings = {
      description: 'ours',
      event_types: ['launch.*'],
      ordering: 'fifo',
      concurrency: 2,
      rate_per_second: 5,
      batch_size: 10,
      timeout_ms: 3000,
      retry_schedule: [1000, 60_000],
      expiry_ms: 300_000,
    }
    const body = { url: URL, ...settings, headers: { 'X-Api-Key': 'hidden' } }
    const created = await client.post(PATH).headers(headers).json(body)
    const { id } = created.body().data
    created.assertBodyContains({ data: { ...settings, header_names: ['x-api-key'] } })
    assert.notInclude(created.text(), 'hidden')

    const changes = { rate_per_second: null, headers: null, retry_schedule: null, concurrency: 4 }
    const changed = await client.patch(`${PATH}/${id}`).headers(headers).json(changes)
    changed.assertStatus(200)
    changed.assertBodyContains({
      data: {
        ...settings,
        rate_per_second: null,
        retry_schedule: null,
        concurrency: 4,
        header_names: [],
      },
    })
  })

  test('it is taken out of service and put back', async ({ client }) => {
    const headers = await authorized()
    const { id } = await storeEndpoint(URL, { failingSince: 1 })

    const disabled = await client
      .patch(`${PATH}/${id}`)
      .headers(headers)
      .json({ state: 'disabled' })
    disabled.assertBodyContains({
      data: { state: 'disabled', state_reason: 'disabled by its owner' },
    })

    const enabled = await client.patch(`${PATH}/${id}`).headers(headers).json({ state: 'active' })
    enabled.assertBodyContains({
      data: { state: 'active', state_reason: null, failing_since: null },
    })
  })

  test('what waits for a deleted one is set aside, and others go on', async ({
    client,
    assert,
  }) => {
    const bad = await startReceiver((_, response) => response.writeHead(500).end())
    const good = await startReceiver()
    const doomed = await storeEndpoint(bad.url, { retrySchedule: [3_600_000] })
    await storeEndpoint(good.url)
    await storeLaunch()
    startSender()
    await until(async () => {
      const tried = await jobs({ target_id: doomed.id, status: 'pending', attempts: 1 })
      return tried.length === 1
    })

    const response = await client.delete(`${PATH}/${doomed.id}`).headers(await authorized())
    response.assertStatus(204)

    const [job] = await jobs({ target_id: doomed.id })
    assert.containsSubset(job, {
      status: 'skipped',
      attempts: 1,
      last_error: 'the endpoint was deleted',
    })
    await storeLaunch()
    await good.received(2)
    assert.lengthOf(await jobs({ target_id: doomed.id }), 1)
  })

  test('a test event is sent at once, and the answer told', async ({ client, assert }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url)

    const response = await client.post(`${PATH}/${id}/test`).headers(await authorized())

    response.assertStatus(200)
    response.assertBodyContains({ data: { endpoint_id: id, accepted: true, http_status: 204 } })
    assert.equal(response.body().data.event_id, receiver.deliveries[0]!.id)
  })

  test('a new secret is shown once, beside until when the old one signs', async ({
    client,
    assert,
  }) => {
    const headers = await authorized()
    const { id } = await storeEndpoint(URL)
    const before = Date.now()

    const rotated = await client.post(`${PATH}/${id}/rotate`).headers(headers)
    rotated.assertStatus(200)
    const { secret, old_secret_until: until24h } = rotated.body().data
    assert.isAtLeast(until24h, before + 86_400_000)

    const again = await client.post(`${PATH}/${id}/rotate`).headers(headers).json({ overlap_ms: 0 })
    const { secrets } = await WebhookEndpoint.findOrFail(id)
    assert.deepEqual(secrets, [{ value: again.body().data.secret, expiresAt: null }])
    assert.notInclude([RECEIVER_SECRET, secrets[0]!.value], secret)
  })

  test('pages follow each other without a gap', async ({ client, assert }) => {
    const headers = await authorized()
    for (const path of ['one', 'two', 'three']) await storeEndpoint(`${URL}/${path}`)

    const first = await client.get(PATH).headers(headers).qs({ limit: 2 })
    const cursor = first.body().meta.next_cursor
    const second = await client.get(PATH).headers(headers).qs({ limit: 2, cursor })

    const urls = [...first.body().data, ...second.body().data].map(({ url }) => url)
    assert.deepEqual(urls, [`${URL}/three`, `${URL}/two`, `${URL}/one`])
    assert.isNull(second.body().meta.next_cursor)
  })

  test('a user sees and changes nothing but their own', async ({ client, assert }) => {
    const user = await storeUser(`0x${'a'.repeat(40)}`)
    const headers = await authorized(['*'], user)
    const other = await storeEndpoint(URL)
    const created = await client.post(PATH).headers(headers).json({ url: URL })
    const own = created.body().data.id

    const list = await client.get(PATH).headers(headers)
    assert.deepEqual(
      list.body().data.map(({ id }: { id: number }) => id),
      [own]
    )
    for (const response of [
      await client.get(`${PATH}/${other.id}`).headers(headers),
      await client.patch(`${PATH}/${other.id}`).headers(headers).json({ concurrency: 1 }),
      await client.delete(`${PATH}/${other.id}`).headers(headers),
      await client.post(`${PATH}/${other.id}/test`).headers(headers),
      await client.post(`${PATH}/${other.id}/rotate`).headers(headers),
      await client.get(`${PATH}/all`).headers(headers),
    ]) {
      response.assertStatus(404)
      response.assertBodyContains({ errors: [{ code: 'unknown_endpoint' }] })
    }

    const all = await client.get(PATH).headers(await authorized())
    assert.lengthOf(all.body().data, 2)
  })

  test('one of WEBHOOK_URLS can be read, not changed', async ({ client }) => {
    const headers = await authorized()
    const { id } = await storeEndpoint(URL, { origin: 'env' })

    const shown = await client.get(`${PATH}/${id}`).headers(headers)
    shown.assertBodyContains({ data: { origin: 'env' } })
    for (const response of [
      await client.patch(`${PATH}/${id}`).headers(headers).json({ state: 'disabled' }),
      await client.delete(`${PATH}/${id}`).headers(headers),
      await client.post(`${PATH}/${id}/rotate`).headers(headers),
    ]) {
      response.assertStatus(409)
      response.assertBodyContains({ errors: [{ code: 'environment_endpoint' }] })
    }
  })

  test('to read is not to write', async ({ client }) => {
    const headers = await authorized(['webhooks:read'])
    const response = await client.post(PATH).headers(headers).json({ url: URL })
    response.assertStatus(403)
  })

  test('{$i} bad input is refused in words, with the field: {body}')
    .with([
      { body: {}, field: 'url', words: /missing/ },
      { body: { url: 'nowhere' }, field: 'url', words: /is not a URL/ },
      { body: { url: 'http://10.0.0.1/' }, field: 'url', words: /private or reserved/ },
      { body: { url: URL, events: ['*'] }, field: 'events', words: /it understands: url/ },
      {
        body: { url: URL, event_types: ['lunch.*'] },
        field: 'event_types',
        words: /mean "launch\.\*"/,
      },
      { body: { url: URL, event_types: '*' }, field: 'event_types', words: /must be a list/ },
      { body: { url: URL, concurrency: '8' }, field: 'concurrency', words: /must be a number/ },
      { body: { url: URL, batch_size: 101 }, field: 'batch_size', words: /from 1 to 100/ },
      {
        body: { url: URL, retry_schedule: [5, -1] },
        field: 'retry_schedule.1',
        words: /retry_schedule\.1 parameter must be from 0/,
      },
      {
        body: { url: URL, headers: { Host: 'other' } },
        field: 'headers',
        words: /Host is set by Regou/,
      },
    ])
    .run(async ({ client, assert }, { body, field, words }) => {
      const response = await client
        .post(PATH)
        .headers(await authorized())
        .json(body)

      response.assertStatus(422)
      const [error] = response.body().errors
      assert.equal(error.field, field)
      assert.match(error.message, words)
      assert.lengthOf(await WebhookEndpoint.all(), 0)
    })

  test('a URL that another active endpoint has is refused, also by a change', async ({
    client,
  }) => {
    const headers = await authorized()
    await storeEndpoint(URL)
    const second = await storeEndpoint(`${URL}/two`)

    for (const response of [
      await client.post(PATH).headers(headers).json({ url: URL }),
      await client.patch(`${PATH}/${second.id}`).headers(headers).json({ url: URL }),
    ]) {
      response.assertStatus(422)
      response.assertBodyContains({ errors: [{ code: 'invalid_parameter', field: 'url' }] })
    }
  })

  test('of several that are created at once with one URL, one is', async ({ client, assert }) => {
    const headers = await authorized()
    const create = () => client.post(PATH).headers(headers).json({ url: URL })

    const responses = await Promise.all(Array.from({ length: 4 }, create))

    const statuses = responses.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [201, 422, 422, 422])
  })

  test('a body that is no JSON is refused', async ({ client }) => {
    const response = await client
      .post(PATH)
      .headers(await authorized())
      .header('content-type', 'application/json')
      .setup((request) => void request.request.send('{"url":'))

    response.assertStatus(400)
    response.assertBodyContains({ errors: [{ code: 'invalid_body' }] })
  })
})
