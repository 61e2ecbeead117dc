import { test } from '@japa/runner'
import { testResultAnswer } from '#views/endpoint_answers'
import { because } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { testEndpoint } from '#webhooks/endpoints/test_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { attempts, jobs, settings, storeEndpoint } from '#tests/support/delivery'
import { startReceiver, verify } from '#tests/support/receiver'

const send = (id: number | string, overrides = {}) =>
  testEndpoint(id, { ...settings, ...overrides }, systemClock)

test.group('Testing an endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  test('one signed event arrives at once, and the answer is told', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(202).end('thanks'))
    const { id } = await storeEndpoint(receiver.url)

    const result = await send(id)

    assert.containsSubset(result, {
      endpoint_id: id,
      accepted: true,
      http_status: 202,
      cause: null,
      answer: 'thanks',
    })
    const [delivery] = receiver.deliveries
    assert.deepEqual(verify(delivery!), delivery!.event)
    assert.equal(delivery!.event.event_type, 'webhook.test')
    assert.equal(delivery!.id, result.event_id)
    assert.isEmpty([...(await jobs()), ...(await attempts())])
  })

  test('a batch endpoint gets the test as a batch', async ({ assert }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url, { batchSize: 10 })

    await send(id)

    const { event } = receiver.deliveries[0]!
    assert.equal(event.event_type, 'batch')
    assert.equal(event.events[0].event_type, 'webhook.test')
  })

  test('what went wrong is told in words, and 410 does not disable', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(410).end())
    const { id } = await storeEndpoint(receiver.url)

    assert.containsSubset(await send(id), {
      accepted: false,
      http_status: 410,
      cause: because('gone'),
    })
    const endpoint = await WebhookEndpoint.findOrFail(id)
    assert.equal(endpoint.state, 'active')

    const blocked = await send(id, { allowedNetworks: [] })
    assert.containsSubset(blocked, {
      accepted: false,
      http_status: null,
      cause: { reason: 'blocked' },
    })
    assert.match(testResultAnswer(blocked).error!, /private or reserved/)
  })

  test('an endpoint that does not exist is refused', async ({ assert }) => {
    await assert.rejects(() => send(99), /There is no endpoint 99/)
    await assert.rejects(() => send('all'), /"all" is not the number of an endpoint/)
  })
})
