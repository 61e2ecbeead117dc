import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { syncEnvironmentEndpoints } from '#webhooks/sending/environment_endpoints'
import { emptyDatabase } from '#tests/support/database'
import { settings, storeEndpoint } from '#tests/support/delivery'
import { RECEIVER_SECRET } from '#tests/support/receiver'

const ONE = 'https://one.example.com/hooks'
const TWO = 'https://two.example.com/hooks'

const sync = (urls: string[], secret: string | undefined = RECEIVER_SECRET) =>
  syncEnvironmentEndpoints({ ...settings, urls, secret }, systemClock)

const endpoint = (url: string) => WebhookEndpoint.findByOrFail('url', url)

test.group('Endpoints from WEBHOOK_URLS', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each becomes a row with the secret, wants everything, and stays one row', async ({
    assert,
  }) => {
    await sync([ONE, TWO, ONE])
    await sync([ONE, TWO])

    assert.lengthOf(await WebhookEndpoint.all(), 2)
    const { origin, secrets, eventTypes, state } = await endpoint(ONE)
    assert.deepEqual(
      { origin, secrets, eventTypes, state },
      {
        origin: 'env',
        secrets: [{ value: RECEIVER_SECRET, expiresAt: null }],
        eventTypes: ['*'],
        state: 'active',
      }
    )
  })

  test('one that is typed in two ways is one endpoint, stored as a URL that is added', async ({
    assert,
  }) => {
    await sync(['https://Example.com', 'https://example.com/'])

    const endpoints = await WebhookEndpoint.all()
    assert.deepEqual(
      endpoints.map(({ url }) => url),
      ['https://example.com/']
    )
  })

  test('one that is no longer named is disabled with the reason, and active again when it is', async ({
    assert,
  }) => {
    await sync([ONE, TWO])
    const { id } = await endpoint(TWO)

    await sync([ONE])
    assert.containsSubset(await endpoint(TWO), {
      state: 'disabled',
      reason: 'not_in_environment',
    })

    await sync([ONE, TWO])
    assert.containsSubset(await endpoint(TWO), { id, state: 'active', reason: null })
  })

  test('one that said 410 stays disabled over a restart', async ({ assert }) => {
    await sync([ONE])
    const one = await endpoint(ONE)
    await one.merge({ state: 'disabled', reason: 'gone' }).save()

    await sync([ONE])
    assert.containsSubset(await endpoint(ONE), { state: 'disabled' })

    await sync([])
    await sync([ONE])
    assert.containsSubset(await endpoint(ONE), { state: 'active' })
  })

  test('endpoints from the table are left alone', async ({ assert }) => {
    await storeEndpoint(TWO)
    await sync([ONE])
    assert.containsSubset(await endpoint(TWO), { origin: 'table', state: 'active' })
  })

  test('a missing secret is refused with a way to make one', async ({ assert }) => {
    await assert.rejects(
      () => syncEnvironmentEndpoints({ ...settings, urls: [ONE], secret: undefined }, systemClock),
      /WEBHOOK_SECRET is missing.*randomBytes/
    )
    assert.lengthOf(await WebhookEndpoint.all(), 0)
  })

  test('a URL with a password is refused', async ({ assert }) => {
    await assert.rejects(() => sync(['https://user:pass@example.com/']), /user name or password/)
  })
})
