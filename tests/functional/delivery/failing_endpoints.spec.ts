import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { disablingWords } from '#delivery/reason_words'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const DAY = 86_400_000
const LONG = Array.from({ length: 9 }, () => 10)

test.group('Endpoints that only fail', (group) => {
  group.each.setup(() => emptyDatabase())

  const stored = (endpoint: WebhookEndpoint) => WebhookEndpoint.findOrFail(endpoint.id)

  /** Resolves when the stored endpoint passes. */
  const untilStored = (endpoint: WebhookEndpoint, passes: (now: WebhookEndpoint) => boolean) =>
    until(async () => {
      const now = await stored(endpoint)
      return passes(now)
    })

  test('since when an endpoint fails is stored, and forgotten at its next success', async ({
    assert,
  }) => {
    let isOpen = false
    const receiver = await startReceiver((_, response) => {
      response.writeHead(isOpen ? 204 : 500).end()
    })
    const endpoint = await storeEndpoint(receiver.url, {
      retrySchedule: Array.from({ length: 1000 }, () => 10),
    })
    const before = systemClock.now()
    await storeLaunch()

    startSender({ pollMs: 20 })
    await untilStored(endpoint, (now) => now.failingSince !== null)
    const { failingSince, state } = await stored(endpoint)
    assert.isAtLeast(failingSince!, before)
    assert.equal(state, 'active')

    isOpen = true
    await untilStored(endpoint, (now) => now.failingSince === null)
  })

  test('an endpoint that has failed for too long is disabled and says why', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const endpoint = await storeEndpoint(receiver.url, {
      retrySchedule: LONG,
      failingSince: systemClock.now() - 6 * DAY,
    })
    await storeLaunch()

    startSender({ pollMs: 20 })
    await untilStored(endpoint, (now) => now.state === 'disabled')
    await allJobsDone()

    const disabled = await stored(endpoint)
    assert.match(
      disablingWords(disabled)!,
      /^every attempt since \d{4}-.* has failed, at last: .*2xx.*500/
    )
    assert.isNull(disabled.failingSince)
    assert.lengthOf(await jobs({ status: 'skipped' }), 1)
  })

  test('one success keeps it in service', async ({ assert }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, {
      failingSince: systemClock.now() - 6 * DAY,
    })
    await storeLaunch()

    startSender({ pollMs: 20 })
    await untilStored(endpoint, (now) => now.failingSince === null)
    await allJobsDone()

    const { state } = await stored(endpoint)
    assert.equal(state, 'active')
    assert.lengthOf(await jobs({ status: 'sent' }), 1)
  })
})
