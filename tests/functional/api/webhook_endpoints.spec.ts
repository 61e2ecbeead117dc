import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import WebhookEndpoint from '#models/webhook_endpoint'
import { authorized } from '#tests/support/api_token'
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

    const set = (state: string) => client.patch(`${PATH}/${id}`).headers(headers).json({ state })

    const disabled = await set('disabled')
    const reason = 'disabled by its owner'
    disabled.assertBodyContains({ data: { state: 'disabled', state_reason: reason } })

    const enabled = await set('active')
    const fresh = { state: 'active', state_reason: null, failing_since: null }
    enabled.assertBodyContains({ data: fresh })
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
      reason: 'target_deleted',
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
    const before = systemClock.now()

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
})
