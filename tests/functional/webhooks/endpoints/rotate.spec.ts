import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { rotateSecret } from '#webhooks/endpoints/endpoint_secrets'
import { testEndpoint } from '#webhooks/endpoints/test_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { settings, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { RECEIVER_SECRET, startReceiver, verify } from '#tests/support/receiver'
import { SettableClock } from '#tests/support/settable_clock'

const DAY = 86_400_000

test.group('Rotating a secret', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a running sender signs with both, and either verifies', async ({ assert }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url)
    startSender()

    const { secret } = await rotateSecret(id, DAY, systemClock)
    const bothSigned = () =>
      receiver.deliveries.find(({ headers }) => headers['webhook-signature']!.includes(' '))
    await until(async () => {
      await storeLaunch()
      return bothSigned() !== undefined
    })

    const delivery = bothSigned()
    assert.deepEqual(verify(delivery!, secret), delivery!.event)
    assert.deepEqual(verify(delivery!, RECEIVER_SECRET), delivery!.event)
  })

  test('without an overlap the old secret is forgotten', async ({ assert }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url)

    const { secret } = await rotateSecret(id, 0, systemClock)
    await testEndpoint(id, settings, systemClock)

    assert.deepEqual(verify(receiver.deliveries[0]!, secret), receiver.deliveries[0]!.event)
    assert.throws(() => verify(receiver.deliveries[0]!, RECEIVER_SECRET))
    const { secrets } = await WebhookEndpoint.findOrFail(id)
    assert.deepEqual(secrets, [{ value: secret, expiresAt: null }])
  })

  test('rotated twice, each old secret keeps its own end, and one that is over is dropped', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const { id } = await storeEndpoint('https://example.com/')

    const first = await rotateSecret(id, DAY, clock)
    clock.pass(DAY / 2)
    const second = await rotateSecret(id, DAY, clock)
    assert.deepEqual(
      second.endpoint.secrets.map(({ value, expiresAt }) => [value, expiresAt]),
      [
        [second.secret, null],
        [first.secret, second.oldUntil],
        [RECEIVER_SECRET, first.oldUntil],
      ]
    )

    clock.pass(DAY / 2)
    const third = await rotateSecret(id, DAY, clock)
    assert.deepEqual(
      third.endpoint.secrets.map(({ value }) => value),
      [third.secret, second.secret, first.secret]
    )
  })

  test('no more than four old secrets sign at once, and all of them can be ended', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const { id } = await storeEndpoint('https://example.com/')
    for (let count = 0; count < 4; count++) await rotateSecret(id, DAY, clock)

    await assert.rejects(() => rotateSecret(id, DAY, clock), /4 secrets of before still sign/)
    const { endpoint, secret } = await rotateSecret(id, 0, clock)

    assert.deepEqual(endpoint.secrets, [{ value: secret, expiresAt: null }])
  })

  test('the secret of the environment is changed there', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/', { origin: 'env' })
    await assert.rejects(() => rotateSecret(id, DAY, systemClock), /is WEBHOOK_SECRET/)
  })

  test('a pair of ed25519 keys is not replaced by a shared secret', async ({ assert }) => {
    const secrets = [{ value: 'whsk_AAAA', expiresAt: null }]
    const { id } = await storeEndpoint('https://example.com/', { secrets })
    await assert.rejects(() => rotateSecret(id, DAY, systemClock), /signed with ed25519/)
  })
})
