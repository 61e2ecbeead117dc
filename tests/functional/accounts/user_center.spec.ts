import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import plans from '#config/plans'
import { systemClock } from '#foundation/clock'
import PushAlert from '#models/push_alert'
import Subscription from '#models/subscription'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { someWallet, Visitor } from '#tests/support/visitor'
import { grant } from '#billing/plans/change_plan'
import { remindExpiring } from '#billing/plans/remind_expiring'
import { LAUNCH_KINDS } from '#facts/launch'
import { launchpads } from '#sources/venues'

/** A public address at which no server listens. */
const URL = 'https://192.88.98.1/hooks'

const subscribe = (userId: number) =>
  grant(userId, { ms: 30 * 86_400_000, plan: 'monthly' }, { terms: plans, clock: systemClock })

async function loggedIn(wallet = someWallet(), language?: string) {
  const visitor = new Visitor(language)
  await visitor.logIn(wallet)
  const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
  return { visitor, user }
}

test.group('User center', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('asks a visitor to log in, also for what a form sends', async ({ assert }) => {
    const visitor = new Visitor()

    const page = await visitor.get('/user-center?a=b')
    const form = await visitor.post('/user-center/switches')

    assert.equal(page.location, '/login?next=%2Fuser-center%3Fa%3Db')
    assert.equal(form.location, '/login')
  })

  test('switches are set as the form has them, also all off', async ({ assert }) => {
    const { visitor, user } = await loggedIn()
    const stored = async () => {
      const rows = await Subscription.query().where('user_id', user.id).orderBy('id')
      return rows.map(({ source, kind }) => `${source}.${kind}`)
    }

    await visitor.post('/user-center/switches', { 'switches[]': 'flap.graduated' })
    assert.deepEqual(await stored(), ['flap.graduated'])
    await visitor.post('/user-center/switches')
    assert.isEmpty(await stored())
    const all = ['four.created', 'flap.graduated']
    await visitor.post('/user-center/switches', { 'switches[]': all })
    assert.sameMembers(await stored(), all)
  })

  test('a token is shown once, opens what it may, and nothing after it is revoked', async ({
    assert,
    client,
  }) => {
    const { visitor } = await loggedIn()
    const wish = { 'name': 'my bot', 'scopes[]': 'webhooks:read', 'days': '30' }
    await visitor.post('/user-center/tokens', wish)

    const shown = await visitor.get('/user-center')
    const again = await visitor.get('/user-center')
    const [token] = /regou_[\w.-]+/.exec(shown.text)!
    assert.notInclude(again.text, token)
    assert.include(again.text, 'my bot')

    const ask = () =>
      client.get('/api/v1/webhook/endpoints').header('authorization', `Bearer ${token}`)
    const before = await ask()
    before.assertStatus(200)
    const [path] = /\/user-center\/tokens\/\d+\/revoke/.exec(again.text)!
    await visitor.post(path)
    const after = await ask()
    after.assertStatus(401)
  })

  test('a user cannot take what only the operator may give', async ({ assert }) => {
    const { visitor } = await loggedIn()

    for (const scope of ['ocr:write', '*']) {
      await visitor.post('/user-center/tokens', { 'name': 'x', 'scopes[]': scope, 'days': '30' })
    }

    assert.isEmpty(await db.from('access_tokens'))
  })

  test('an endpoint is added with its secret shown once, disabled, and deleted', async ({
    assert,
  }) => {
    const { visitor, user } = await loggedIn()
    await subscribe(user.id)
    await visitor.post('/user-center/endpoints', { url: URL })

    const endpoint = await WebhookEndpoint.findByOrFail('url', URL)
    assert.equal(endpoint.ownerId, user.id)
    const shown = await visitor.get('/user-center')
    assert.include(shown.text, endpoint.secrets[0]!.value)
    const again = await visitor.get('/user-center')
    assert.notInclude(again.text, 'whsec_')

    await visitor.post(`/user-center/endpoints/${endpoint.id}`, { state: 'disabled' })
    await endpoint.refresh()
    assert.equal(endpoint.state, 'disabled')
    await visitor.post(`/user-center/endpoints/${endpoint.id}/delete`)
    assert.isEmpty(await WebhookEndpoint.all())
  })

  test('a URL that cannot be used is refused with the reason: {language}')
    .with([
      { language: 'en', words: 'The URL holds a user name or password' },
      { language: 'zh-CN', words: 'URL 中含有用户名或密码' },
    ])
    .run(async ({ assert }, { language, words }) => {
      const { visitor, user } = await loggedIn(someWallet(), language)
      await subscribe(user.id)

      await visitor.post('/user-center/endpoints', { url: 'https://user:secret@192.88.98.1/' })

      const page = await visitor.get('/user-center')
      assert.include(page.text, words)
      assert.isEmpty(await WebhookEndpoint.all())
    })

  test('what belongs to another user is answered as not found', async ({ assert }) => {
    const { visitor } = await loggedIn()
    const { visitor: other, user } = await loggedIn()
    const endpoint = await storeEndpoint(URL, { ownerId: user.id })
    await other.post('/user-center/tokens', {
      'name': 'his',
      'scopes[]': 'webhooks:read',
      'days': '0',
    })
    const [token] = await User.accessTokens.all(user)

    const answer = await visitor.post(`/user-center/endpoints/${endpoint.id}/delete`)
    await visitor.post(`/user-center/tokens/${String(token!.identifier)}/revoke`)

    assert.equal(answer.status, 404)
    const page = await other.get('/user-center')
    assert.include(page.text, URL)
    assert.include(page.text, 'his')
  })

  test('pushes are listed with their state and latency', async ({ assert }) => {
    const receiver = await startReceiver()
    const { visitor, user } = await loggedIn()
    await subscribe(user.id)
    await storeEndpoint(receiver.url, { ownerId: user.id })
    await storeLaunch({ created_at: systemClock.now() })
    startSender()
    await allJobsDone()

    const page = await visitor.get('/user-center')

    assert.match(page.text, /data-state="sent"[^]*launch\.created[^]*>\d+ ms</)
  })

  test('language and time zone are kept, and taken up at once', async ({ assert }) => {
    const { visitor, user } = await loggedIn()

    await visitor.post('/user-center/profile', { language: 'zh-CN', time_zone: 'Asia/Shanghai' })

    await user.refresh()
    assert.deepEqual([user.language, user.timeZone], ['zh-CN', 'Asia/Shanghai'])
    const page = await visitor.get('/user-center')
    assert.include(page.text, '<html lang="zh-CN"')
  })

  test('the language of the header is that of the account as well', async ({ assert }) => {
    const { visitor, user } = await loggedIn()

    await visitor.post('/preferences', { locale: 'zh-CN' })

    const { language, timeZone } = await user.refresh()
    assert.deepEqual([language, timeZone], ['zh-CN', 'Asia/Tokyo'])
  })

  test('what was typed into a form that is refused is still there', async ({ assert }) => {
    const { visitor, user } = await loggedIn()
    await subscribe(user.id)

    await visitor.post('/user-center/endpoints', { url: 'ftp://typed.example' })
    const { text: endpoint } = await visitor.get('/user-center')
    await visitor.post('/user-center/tokens', { name: 'Typed too', days: '90' })
    const { text: token } = await visitor.get('/user-center')

    assert.include(endpoint, 'value="ftp://typed.example" aria-invalid="true"')
    assert.include(token, 'name="name" value="Typed too"')
    assert.match(token, /value="90" selected/)
  })

  test('the export holds what is stored about its owner, and no secret', async ({ assert }) => {
    const wallet = someWallet()
    const { visitor, user } = await loggedIn(wallet)
    await storeEndpoint(URL, { ownerId: user.id })
    await visitor.post('/user-center/tokens', {
      'name': 'bot',
      'scopes[]': 'webhooks:read',
      'days': '0',
    })

    const file = await visitor.get('/user-center/export')

    assert.include(file.headers.get('content-disposition'), 'regou-account.json')
    const data = JSON.parse(file.text)
    assert.containsSubset(data, {
      account: { wallet_address: wallet.address.toLowerCase(), language: 'en' },
      tokens: [{ name: 'bot', scopes: ['webhooks:read'] }],
      webhook_endpoints: [{ url: URL }],
    })
    assert.lengthOf(data.switches, launchpads().length * LAUNCH_KINDS.length)
    assert.notMatch(file.text, /whsec_|regou_[\w]{8}|hash/)
  })

  test('what he was told about himself is his to take along, and goes with the account', async ({
    assert,
  }) => {
    const { visitor, user } = await loggedIn()
    const { visitor: other, user: stays } = await loggedIn()
    for (const { id } of [user, stays]) {
      await grant(id, { ms: 3_600_000, plan: 'monthly' }, { terms: plans, clock: systemClock })
    }
    const remind = () => remindExpiring({ terms: plans, clock: systemClock })
    await remind()

    const { text } = await visitor.get('/user-center/export')
    const { alerts } = JSON.parse(text)
    assert.lengthOf(alerts, 1)
    assert.equal(alerts[0].kind, 'plan.ending')
    assert.include(alerts[0].message, user.walletAddress!)

    await visitor.post('/user-center/erase', { understood: '1' })
    assert.equal(await remind(), 0)
    const left = await PushAlert.all()
    assert.deepEqual(
      left.map(({ ownerId }) => ownerId),
      [stays.id]
    )
    assert.isTrue(await other.isLoggedIn())
  })

  test('a user who deletes his data is gone, and may begin anew', async ({ assert }) => {
    const wallet = someWallet()
    const { visitor, user } = await loggedIn(wallet)
    await storeEndpoint(URL, { ownerId: user.id })

    const unsure = await visitor.post('/user-center/erase')
    assert.equal(unsure.status, 422)
    const answer = await visitor.post('/user-center/erase', { understood: '1' })
    assert.deepEqual([answer.status, answer.location], [303, '/'])

    assert.isFalse(await visitor.isLoggedIn())
    for (const table of ['subscriptions', 'access_tokens', 'webhook_endpoints', 'login_nonces']) {
      assert.isEmpty(await db.from(table), table)
    }
    await user.refresh()
    assert.equal(user.walletAddress, `deleted-${user.id}`)
    assert.equal(user.reach, user.id)

    const { user: anew } = await loggedIn(wallet)
    assert.notEqual(anew.id, user.id)
  })
})
