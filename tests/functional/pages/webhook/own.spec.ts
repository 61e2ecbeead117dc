import { test } from '@japa/runner'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { startReceiver } from '#tests/support/receiver'
import { someWallet, Visitor } from '#tests/support/visitor'

/** A public address at which nothing listens. */
const UNUSED = 'https://192.88.98.1/hooks'

const FORM = {
  'url': UNUSED,
  'description': '',
  'event_types[]': ['launch.*'],
  'filter': `source == 'four'`,
  'template': '',
  'ordering': 'any',
  'concurrency': '4',
  'rate_per_second': '',
  'batch_size': '1',
  'timeout_ms': '5000',
}

/** A user with Pro who has logged in. */
async function member(language = 'en') {
  const wallet = someWallet()
  const visitor = new Visitor(language)
  await visitor.logIn(wallet)
  const { id } = await User.findByOrFail('walletAddress', wallet.address.toLowerCase())
  await givePro(id)
  return { visitor, id }
}

test.group("A user's own webhooks", (group) => {
  group.each.setup(() => emptyDatabase())

  test('are added with all settings, for their owner, with the secret shown once', async ({
    assert,
  }) => {
    const { visitor, id } = await member()

    const { location } = await visitor.post('/webhooks', FORM)
    const first = await visitor.get(location!)
    const again = await visitor.get(location!)

    const endpoint = await WebhookEndpoint.findByOrFail('url', UNUSED)
    assert.deepInclude(endpoint.$attributes, { ownerId: id, filter: FORM.filter, concurrency: 4 })
    assert.equal(location, `/webhooks/${endpoint.id}`)
    assert.include(first.text, endpoint.secrets[0]!.value)
    assert.notInclude(again.text, endpoint.secrets[0]!.value)
    assert.notInclude(again.text, '/operator/')
  })

  test('show the log, send again, replay and tell of a test as the operator sees them', async ({
    assert,
  }) => {
    const { visitor, id } = await member('zh-CN')
    const receiver = await startReceiver((_, response) => response.writeHead(500).end('no'))
    const endpoint = await storeEndpoint(receiver.url, { ownerId: id })
    await storeLaunch({ name: '龙年大吉' })
    const sender = startSender({ retry: { waits: [1, 1], maxRetries: 2 } })
    await allJobsDone()
    await sender.stop()
    const [job] = await jobs({ target_id: endpoint.id })
    const page = `/webhooks/${endpoint.id}`

    const list = await visitor.get('/webhooks')
    const log = await visitor.get(page)
    const one = await visitor.get(`${page}/deliveries/${job!.id}`)
    const resent = await visitor.post(`${page}/deliveries/${job!.id}/replay`)
    const replayed = await visitor.post(`${page}/replays`, { kind: 'failed', within: '24h' })
    const tested = await visitor.post(`${page}/test`)

    assert.include(list.text, receiver.url)
    assert.include(log.text, `${page}/deliveries/${job!.id}`)
    assert.include(one.text, '第 1–3 次尝试，结果相同')
    assert.include(one.text, '龙年大吉')
    assert.equal(resent.location, `${page}/deliveries/${job!.id}`)
    assert.equal(replayed.location, `${page}#replays`)
    assert.include(tested.text, '(500)')
    const [again] = await jobs({ target_id: endpoint.id })
    assert.equal(again!.status, 'pending')
  })

  test('are closed to other users, whatever they ask', async ({ assert }) => {
    const { id } = await member()
    const { visitor: stranger } = await member()
    const { id: endpointId } = await storeEndpoint(UNUSED, { ownerId: id })
    const endpoint = await WebhookEndpoint.findOrFail(endpointId)
    const before = endpoint.serialize()
    const page = `/webhooks/${endpoint.id}`
    const list = await stranger.get('/webhooks')

    const answers = [
      await stranger.get(page),
      await stranger.get(`${page}/edit`),
      await stranger.get(`${page}/deliveries/1`),
      ...(await Promise.all(
        ['', '/secret', '/state', '/try', '/test', '/replays', '/replays/1/cancel', '/delete'].map(
          (action) => stranger.post(page + action, { ...FORM, overlap: '0', state: 'disabled' })
        )
      )),
      await stranger.post(`${page}/deliveries/replay`, { 'ids[]': ['1'] }),
    ]

    assert.notInclude(list.text, UNUSED)
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([404]))
    const after = await WebhookEndpoint.findOrFail(endpoint.id)
    assert.deepEqual(after.serialize(), before)
  })

  test('that the operator runs are none of theirs', async ({ assert }) => {
    const { visitor } = await member()
    const { id } = await storeEndpoint(UNUSED)

    const { status } = await visitor.get(`/webhooks/${id}`)

    assert.equal(status, 404)
  })

  test('take Pro to add one and to enable one, and say so', async ({ assert }) => {
    const wallet = someWallet()
    const visitor = new Visitor()
    await visitor.logIn(wallet)
    const { id: ownerId } = await User.firstOrFail()
    const { id } = await storeEndpoint(UNUSED, { ownerId, state: 'disabled' })

    const list = await visitor.get('/webhooks')
    const added = await visitor.post('/webhooks', { ...FORM, url: 'https://192.88.98.2/' })
    const said = await visitor.get(added.location!)
    await visitor.post(`/webhooks/${id}/state`, { state: 'active' })

    assert.include(list.text, 'Webhooks are part of Pro')
    assert.include(said.text, 'Webhooks need a Pro plan that is running')
    const endpoints = await WebhookEndpoint.all()
    assert.deepEqual(
      endpoints.map(({ state }) => state),
      ['disabled']
    )
  })
})
