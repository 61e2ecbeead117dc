import { createPublicKey, verify } from 'node:crypto'
import { test } from '@japa/runner'
import { openHeaders, sealHeaders } from '#models/sealed_headers'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  settings,
  startSender,
  storeEndpoint,
} from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const PUBLIC_KEY = '1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4'
const SECRET =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='

test.group('Headers and keys of an endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  test('its headers come with every request', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { headers: sealHeaders({ 'X-Api-Key': 'abc' }) })
    await storeLaunch()

    startSender()
    await allJobsDone()
    assert.equal(receiver.deliveries[0]!.headers['x-api-key'], 'abc')
  })

  test('their values are stored encrypted', async ({ assert }) => {
    const { endpoint } = await addEndpoint(
      { url: 'https://192.88.98.1/', eventTypes: ['*'], headers: { 'X-Api-Key': 'abc' } },
      settings,
      systemClock
    )
    const row = await WebhookEndpoint.query().where('id', endpoint.id).pojo().firstOrFail()
    assert.match(JSON.stringify(row), /x-api-key/)
    assert.notMatch(JSON.stringify(row), /abc\W/)
    assert.deepEqual(openHeaders(endpoint.headers!), { 'x-api-key': 'abc' })
  })

  test('headers that cannot be sent are told on every try, without the value', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const headers = sealHeaders({ 'x-key': 'secret\r\nevil: 1' })
    await storeEndpoint(receiver.url, { headers, retrySchedule: [] })
    await storeLaunch()

    startSender()
    await allJobsDone()
    const [attempt] = await attempts()
    assert.equal(attempt!.reason, 'internal')
    assert.include(attempt!.detail, 'x-key')
    assert.notInclude(attempt!.detail, 'secret')
    assert.lengthOf(receiver.deliveries, 0)
  })

  test('with an asymmetric secret the public key is enough to verify', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { secrets: [{ value: SECRET, expiresAt: null }] })
    await storeLaunch()

    startSender()
    await allJobsDone()

    const { headers, body } = receiver.deliveries[0]!
    const [version, signature] = headers['webhook-signature']!.split(',')
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: PUBLIC_KEY.replaceAll('/', '_') }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    assert.equal(version, 'v1a')
    assert.isTrue(verify(null, Buffer.from(content), key, Buffer.from(signature!, 'base64')))
  })
})
