import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { givePro } from '#tests/support/plans'

const PATH = '/api/v1/webhook/endpoints'
const URL = 'https://192.88.98.1/hooks'

test.group('Webhook endpoints over HTTP: what is refused', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a user sees and changes nothing but their own', async ({ client, assert }) => {
    const user = await storeUser(`0x${'a'.repeat(40)}`)
    await givePro(user.id)
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
    const disabled = await storeEndpoint(URL, { state: 'disabled' })
    const second = await storeEndpoint(`${URL}/two`)

    for (const response of [
      await client.post(PATH).headers(headers).json({ url: URL }),
      await client.patch(`${PATH}/${second.id}`).headers(headers).json({ url: URL }),
      await client.patch(`${PATH}/${disabled.id}`).headers(headers).json({ state: 'active' }),
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

  test('a body that is {problem} is refused')
    .with([
      { problem: 'no JSON', body: '{"url":', status: 400 },
      { problem: 'too large', body: JSON.stringify({ url: 'x'.repeat(1_100_000) }), status: 413 },
      { problem: 'neither object nor list', body: '"url"', status: 422 },
    ])
    .run(async ({ client }, { body, status }) => {
      const response = await client
        .post(PATH)
        .headers(await authorized())
        .header('content-type', 'application/json')
        .setup((request) => void request.request.send(body))

      response.assertStatus(status)
      response.assertBodyContains({ errors: [{ code: 'invalid_body' }] })
    })
})
