import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { settings, startSender } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver, verify } from '#tests/support/receiver'

const add = (url: string, eventTypes = ['*']) =>
  addEndpoint({ url, eventTypes, description: null }, settings, systemClock)

test.group('Adding an endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  test('it gets what it asked for from then on, signed with the secret that was shown', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const { secret } = await add(receiver.url, ['launch.*'])
    await storeTrade({ created_at: systemClock.now() })
    await storeLaunch({ created_at: systemClock.now() })

    startSender()
    await receiver.received(1)

    const [delivery] = receiver.deliveries
    assert.equal(delivery!.event.event_type, 'launch.created')
    assert.deepEqual(verify(delivery!, secret!), delivery!.event)
  })

  test('the secret is new each time and stored encrypted', async ({ assert }) => {
    const one = await add('https://192.88.98.1/one')
    const two = await add('https://192.88.98.1/two')

    assert.match(one.secret!, /^whsec_[A-Za-z0-9+/]{43}=$/)
    assert.notEqual(one.secret, two.secret)
    const row = await WebhookEndpoint.query().where('id', one.endpoint.id).pojo().firstOrFail()
    assert.notInclude(JSON.stringify(row), one.secret!.slice('whsec_'.length))
  })

  for (const [url, words] of [
    ['nowhere', /This is not a URL/],
    ['ftp://example.com', /begins with https:\/\/ or http:\/\//],
    ['https://me:pass@example.com', /user name or password/],
    ['http://10.0.0.1/', /private or reserved.*\(10\.0\.0\.1\)/],
    ['http://[::1]/', /private or reserved.*\(::1\)/],
    ['http://0x0a000001/', /private or reserved.*\(10\.0\.0\.1\)/],
  ] as const) {
    test(`${url} is refused`, async ({ assert }) => {
      await assert.rejects(() => add(url), words)
      assert.lengthOf(await WebhookEndpoint.all(), 0)
    })
  }

  test('an event type that does not exist is refused with the one that was meant', async ({
    assert,
  }) => {
    const url = 'https://192.88.98.1/'
    await assert.rejects(() => add(url, ['lunch.created']), /Did you mean "launch\.created"\?/)
    await assert.rejects(() => add(url, ['trades.*']), /Did you mean "trade\.\*"\?/)
    await assert.rejects(() => add(url, ['weather']), /There are: \*, launch\.\*/)
    await assert.rejects(() => add(url, []), /Name an event type/)
  })

  test('the URL of another active endpoint is refused', async ({ assert }) => {
    const { endpoint } = await add('https://192.88.98.1/')
    await assert.rejects(() => add('https://192.88.98.1'), /has this URL already/)

    await endpoint.merge({ state: 'disabled' }).save()
    await add('https://192.88.98.1/')
    assert.lengthOf(await WebhookEndpoint.all(), 2)
  })
})
