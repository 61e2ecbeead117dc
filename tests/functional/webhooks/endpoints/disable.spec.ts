import { test } from '@japa/runner'
import { because } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { disableEndpoint, enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { emptyDatabase } from '#tests/support/database'
import { startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

test.group('Disabling and enabling an endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a disabled endpoint gets nothing new, and an enabled one what comes after', async ({
    assert,
  }) => {
    const paused = await startReceiver()
    const other = await startReceiver()
    const { id } = await storeEndpoint(paused.url)
    await storeEndpoint(other.url)
    startSender()
    await storeLaunch()
    await paused.received(1)

    await disableEndpoint(id, because('by_operator', 'moves'), systemClock)
    assert.containsSubset(await WebhookEndpoint.findOrFail(id), {
      state: 'disabled',
      reason: 'by_operator',
      detail: 'moves',
    })
    await storeLaunch()
    await other.received(2)
    assert.lengthOf(paused.deliveries, 1)

    const enabled = await enableEndpoint(id, systemClock)
    assert.containsSubset(enabled, { state: 'active', reason: null, detail: null })
    await storeLaunch()
    await paused.received(2)
  }).timeout(10_000)

  test('one that WEBHOOK_URLS names no longer cannot be enabled here', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/', {
      origin: 'env',
      state: 'disabled',
      reason: 'not_in_environment',
    })
    await assert.rejects(() => enableEndpoint(id, systemClock), /put it back there/)
  })

  test('an endpoint that does not exist is refused', async ({ assert }) => {
    await assert.rejects(
      () => disableEndpoint('7', because('by_owner'), systemClock),
      /no endpoint 7/
    )
    await assert.rejects(() => enableEndpoint('7', systemClock), /no endpoint 7/)
  })
})
