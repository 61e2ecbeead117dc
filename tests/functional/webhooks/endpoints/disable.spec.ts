import { test } from '@japa/runner'
import { because } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { disableEndpoint, enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { syncEnvironmentEndpoints } from '#webhooks/sending/environment_endpoints'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { settings, startSender, storeEndpoint } from '#tests/support/delivery'
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
  })

  test('one that WEBHOOK_URLS names no longer cannot be enabled here', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/', {
      origin: 'env',
      state: 'disabled',
      reason: 'not_in_environment',
    })
    await assert.rejects(() => enableEndpoint(id, systemClock), /put it back there/)
  })

  test('one is not enabled while another active endpoint of its owner has its URL', async ({
    assert,
  }) => {
    const url = 'https://192.88.98.1/hooks'
    const disabled = await storeEndpoint(url, { state: 'disabled' })
    const twin = await storeEndpoint(url)

    await assert.rejects(
      () => enableEndpoint(disabled.id, systemClock),
      `Endpoint ${twin.id} has this URL already`
    )
    await disabled.refresh()
    assert.equal(disabled.state, 'disabled')

    await disableEndpoint(twin.id, because('by_operator', 'moves'), systemClock)
    const enabled = await enableEndpoint(disabled.id, systemClock)
    assert.equal(enabled.state, 'active')
  })

  test('one is not enabled while WEBHOOK_URLS has its URL, typed there without the trailing slash', async ({
    assert,
  }) => {
    const disabled = await storeEndpoint('https://192.88.98.1/', { state: 'disabled' })
    await syncEnvironmentEndpoints({ ...settings, urls: ['https://192.88.98.1'] }, systemClock)

    await assert.rejects(() => enableEndpoint(disabled.id, systemClock), /has this URL already/)
  })

  test('the endpoint of another owner with the same URL is no obstacle', async ({ assert }) => {
    const url = 'https://192.88.98.1/hooks'
    const { id: ownerId } = await storeUser(`0x${'a'.repeat(40)}`)
    const disabled = await storeEndpoint(url, { state: 'disabled', ownerId })
    await storeEndpoint(url)

    const enabled = await enableEndpoint(disabled.id, systemClock)
    assert.equal(enabled.state, 'active')
  })

  test('enabling one that is active changes nothing, also where it has a twin', async ({
    assert,
  }) => {
    const url = 'https://192.88.98.1/hooks'
    const active = await storeEndpoint(url)
    await storeEndpoint(url)

    const enabled = await enableEndpoint(active.id, systemClock)
    assert.equal(enabled.state, 'active')
  })

  test('of two with one URL that are enabled at once, one is', async ({ assert }) => {
    const url = 'https://192.88.98.1/hooks'
    const twins = [
      await storeEndpoint(url, { state: 'disabled' }),
      await storeEndpoint(url, { state: 'disabled' }),
    ]

    const results = await Promise.allSettled(twins.map(({ id }) => enableEndpoint(id, systemClock)))
    assert.sameMembers(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected']
    )
    assert.lengthOf(await WebhookEndpoint.findManyBy({ state: 'active' }), 1)
  })

  test('an endpoint that does not exist is refused', async ({ assert }) => {
    await assert.rejects(
      () => disableEndpoint('7', because('by_owner'), systemClock),
      /no endpoint 7/
    )
    await assert.rejects(() => enableEndpoint('7', systemClock), /no endpoint 7/)
  })
})
