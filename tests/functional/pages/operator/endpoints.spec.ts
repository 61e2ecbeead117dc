import { test } from '@japa/runner'
import { because } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { operator } from '#tests/support/operator'
import { startReceiver } from '#tests/support/receiver'

/** Public addresses at which nothing listens. */
const UNUSED = 'https://192.88.98.1/hooks'
const UNUSED_ELSE = 'https://192.88.98.2/hooks'

const FORM = {
  'url': UNUSED,
  'description': '主站',
  'event_types[]': ['launch.*', 'push.alert'],
  'filter': `source == 'four'`,
  'template': '',
  'ordering': 'fifo',
  'concurrency': '4',
  'rate_per_second': '20',
  'batch_size': '1',
  'timeout_ms': '5000',
}

const secretIn = (html: string) => /whsec_[\w+/=]+/.exec(html)?.[0]

test.group('Operator pages, endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  test('show how each endpoint does, what needs a look first', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { description: '主站' })
    await storeEndpoint(UNUSED, { failingSince: Date.now() - 3_600_000 })
    await storeEndpoint(UNUSED_ELSE, {
      state: 'disabled',
      ...because('by_operator', 'asked for it'),
    })
    await WebhookEndpoint.query().where('url', UNUSED).update({ event_types: '["push.alert"]' })
    await storeLaunch()
    startSender()
    await allJobsDone()
    const visitor = await operator()

    const { text } = await visitor.get('/operator/webhooks')
    const disabled = await visitor.get('/operator/webhooks?state=disabled')

    const [failing, active, off] = [UNUSED, receiver.url, UNUSED_ELSE].map((url) =>
      text.indexOf(`title="${url}"`)
    )
    assert.isBelow(failing!, active!)
    assert.isBelow(active!, off!)
    assert.include(text, 'The latest attempt: 1 accepted, 0 failed.')
    assert.include(text, '100 %')
    assert.include(text, '主站')
    assert.include(text, 'nothing accepted since')
    assert.include(disabled.text, 'asked for it')
    assert.notInclude(disabled.text, receiver.url)
  })

  test('add one, and show its secret this once', async ({ assert }) => {
    const visitor = await operator()

    const { location } = await visitor.post('/operator/webhooks', FORM)
    const first = await visitor.get(location!)
    const second = await visitor.get(location!)

    const endpoint = await WebhookEndpoint.findByOrFail('url', UNUSED)
    assert.equal(secretIn(first.text), endpoint.secrets[0]!.value)
    assert.isUndefined(secretIn(second.text))
    assert.deepEqual(endpoint.eventTypes, ['launch.*', 'push.alert'])
    assert.equal(endpoint.filter, FORM.filter)
    assert.isNull(endpoint.template)
    assert.equal(endpoint.ratePerSecond, 20)
    assert.isNull(endpoint.ownerId)
  })

  test('show a form again with what is wrong: {wrong}')
    .with([
      {
        wrong: 'another protocol',
        change: { url: 'ftp://example.com' },
        said: 'A URL begins with https://',
      },
      {
        wrong: 'a private address',
        change: { url: 'http://10.0.0.1/' },
        said: 'private or reserved',
      },
      { wrong: 'half a filter', change: { filter: 'source ==' }, said: 'class="mistake"' },
      {
        wrong: 'no event',
        change: { 'event_types[]': [] as string[] },
        said: 'Select at least one',
      },
      {
        wrong: 'no request at once',
        change: { concurrency: '0' },
        said: 'A whole number from 1 to 1,000',
      },
    ])
    .run(async ({ assert }, { change, said }) => {
      const visitor = await operator()

      const { status, text } = await visitor.post('/operator/webhooks', { ...FORM, ...change })

      assert.equal(status, 422)
      assert.include(text, said)
      assert.include(text, 'value="主站"')
      assert.lengthOf(await WebhookEndpoint.all(), 0)
    })

  test('try a form on stored events, and save nothing', async ({ assert }) => {
    await storeLaunch({ source: 'four', name: '龙年大吉' })
    await storeLaunch({ source: 'flap' })
    const visitor = await operator()

    const tried = await visitor.post('/operator/webhooks/try', { ...FORM, url: '' })
    const mistaken = await visitor.post('/operator/webhooks/try', { ...FORM, filter: 'source ==' })

    assert.equal(tried.status, 200)
    assert.include(tried.text, '1 of the newest 2 events would be sent')
    assert.include(tried.text, '龙年大吉')
    assert.include(tried.text, 'source == &#x27;four&#x27;')
    assert.equal(mistaken.status, 422)
    assert.include(mistaken.text, 'class="mistake"')
    assert.lengthOf(await WebhookEndpoint.all(), 0)
  })

  test('change one, and leave what the form does not hold', async ({ assert }) => {
    const visitor = await operator()
    const { id } = await storeEndpoint(UNUSED, { headers: { 'x-key': 'secret-value' } })

    const form = await visitor.get(`/operator/webhooks/${id}/edit`)
    await visitor.post(`/operator/webhooks/${id}`, { ...FORM, filter: '', url: UNUSED_ELSE })

    const endpoint = await WebhookEndpoint.findOrFail(id)
    assert.include(form.text, `value="${UNUSED}"`)
    assert.equal(endpoint.url, UNUSED_ELSE)
    assert.isNull(endpoint.filter)
    assert.deepEqual(endpoint.headers, { 'x-key': 'secret-value' })
    const page = await visitor.get(`/operator/webhooks/${id}`)
    assert.include(page.text, 'x-key')
    assert.notInclude(page.text, 'secret-value')
  })
})
