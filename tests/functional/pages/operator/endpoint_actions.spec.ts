import { test } from '@japa/runner'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { operator } from '#tests/support/operator'
import { startReceiver } from '#tests/support/receiver'

/** A public address at which nothing listens. */
const UNUSED = 'https://192.88.98.1/hooks'

const secretIn = (html: string) => /whsec_[\w+/=]+/.exec(html)?.[0]

test.group('Operator pages, what is done to an endpoint', (group) => {
  group.each.setup(() => emptyDatabase())

  test('rotate a secret, with the old one signing as long as asked', async ({ assert }) => {
    const visitor = await operator()
    const { id } = await storeEndpoint(UNUSED)

    await visitor.post(`/operator/webhooks/${id}/secret`, { overlap: '1' })
    const { text } = await visitor.get(`/operator/webhooks/${id}`)

    const { secrets } = await WebhookEndpoint.findOrFail(id)
    assert.equal(secretIn(text), secrets[0]!.value)
    assert.lengthOf(secrets, 2)
    assert.closeTo(secrets[1]!.expiresAt!, Date.now() + 3_600_000, 60_000)
  })

  test('disable one with a reason, enable it again, delete it', async ({ assert }) => {
    const visitor = await operator()
    const { id } = await storeEndpoint(UNUSED)
    const state = `/operator/webhooks/${id}/state`

    await visitor.post(state, { state: 'disabled', reason: 'moving <b>house</b>' })
    const { text } = await visitor.get(`/operator/webhooks/${id}`)
    await visitor.post(state, { state: 'active' })
    const enabled = await WebhookEndpoint.findOrFail(id)
    await visitor.post(`/operator/webhooks/${id}/delete`)

    assert.include(text, 'moving &lt;b&gt;house&lt;/b&gt;')
    assert.equal(enabled.state, 'active')
    assert.isNull(await WebhookEndpoint.find(id))
  })

  test('leave one disabled while another has its URL, and say so', async ({ assert }) => {
    const visitor = await operator()
    const disabled = await storeEndpoint(UNUSED, { state: 'disabled' })
    await storeEndpoint(UNUSED)
    const { id } = disabled

    await visitor.post(`/operator/webhooks/${id}/state`, { state: 'active' })
    const { text } = await visitor.get(`/operator/webhooks/${id}`)

    await disabled.refresh()
    assert.equal(disabled.state, 'disabled')
    assert.include(text, 'Another endpoint has this URL already.')
  })

  test('leave what follows WEBHOOK_URLS as it is, and say so', async ({ assert }) => {
    const visitor = await operator()
    const endpoint = await storeEndpoint(UNUSED, { origin: 'env' })
    const { id } = endpoint

    const edit = await visitor.get(`/operator/webhooks/${id}/edit`)
    await visitor.post(`/operator/webhooks/${id}`, { url: 'https://192.88.98.2/hooks' })
    await visitor.post(`/operator/webhooks/${id}/delete`)
    const { text } = await visitor.get('/operator/webhooks')

    assert.equal(edit.location, `/operator/webhooks/${id}`)
    await endpoint.refresh()
    assert.equal(endpoint.url, UNUSED)
    assert.include(text, 'This endpoint follows WEBHOOK_URLS')
  })

  test('send a test event and show the answer, a hostile one as mere text', async ({ assert }) => {
    const receiver = await startReceiver((_, response) =>
      response.writeHead(500).end('<script>alert(1)</script>\u202Egnp.exe')
    )
    const { id } = await storeEndpoint(receiver.url)
    const visitor = await operator()

    const { text } = await visitor.post(`/operator/webhooks/${id}/test`)

    assert.equal(receiver.deliveries[0]!.event.event_type, 'webhook.test')
    assert.include(text, 'The test event was not accepted.')
    assert.include(text, 'The receiver did not answer with a 2xx status')
    assert.include(text, '&lt;script&gt;alert(1)&lt;/script&gt;\uFFFDgnp.exe')
  })
})
