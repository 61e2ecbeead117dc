import { test } from '@japa/runner'
import webPushConfig from '#config/web_push'
import WebPushSubscription from '#models/web_push_subscription'
import { newServerSecret, ServerKey } from '#web_push/message/server_key'
import { emptyDatabase } from '#tests/support/database'
import { setWhile } from '#tests/support/settings'
import { Visitor } from '#tests/support/visitor'

const KEY = new ServerKey(newServerSecret(), 'mailto:you@example.com')

const SUBSCRIPTION = {
  'endpoint': 'https://fcm.googleapis.com/fcm/send/abc',
  'keys[p256dh]':
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  'keys[auth]': 'BTBZMqHH6r4Tts7J_aSIgg',
}

test.group('Browsers on the page of alerts', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  async function member() {
    const visitor = new Visitor()
    await visitor.logIn()
    return visitor
  }

  test('are offered where this installation has a key, and listed once they are told', async (ctx) => {
    const visitor = await member()
    const before = await visitor.get('/alerts')
    ctx.assert.notInclude(before.text, 'data-push=')

    setWhile(ctx.test, webPushConfig, { key: KEY })
    const offered = await visitor.get('/alerts')
    ctx.assert.include(offered.text, `data-push="${KEY.publicKey}"`)
    const added = await visitor.post('/alerts/browsers', SUBSCRIPTION)
    ctx.assert.equal(added.status, 204)

    const listed = await visitor.get('/alerts')
    const [, id] = /data-told-browser="(\d+)"/.exec(listed.text)!
    const other = await member()
    await other.post('/alerts/browsers/remove', { id: id! })
    ctx.assert.lengthOf(await WebPushSubscription.query().where('status', 'active'), 1)
    await visitor.post('/alerts/browsers/remove', { id: id! })
    ctx.assert.lengthOf(await WebPushSubscription.query().where('status', 'active'), 0)
  })

  test('are refused when they could make us send anywhere', async (ctx) => {
    setWhile(ctx.test, webPushConfig, { key: KEY })
    const visitor = await member()
    for (const endpoint of ['https://10.0.0.1/a', 'http://fcm.googleapis.com/a', 'file:///etc']) {
      const { status } = await visitor.post('/alerts/browsers', { ...SUBSCRIPTION, endpoint })
      ctx.assert.equal(status, 422)
    }
    ctx.assert.isEmpty(await WebPushSubscription.all())
  })

  test('need a login', async (ctx) => {
    setWhile(ctx.test, webPushConfig, { key: KEY })
    const { status, location } = await new Visitor().post('/alerts/browsers', SUBSCRIPTION)
    ctx.assert.equal(status, 303)
    ctx.assert.match(location!, /^\/login/)
  })
})
