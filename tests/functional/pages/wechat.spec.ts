import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { getActiveTest } from '@japa/runner'
import wechatConfig from '#config/wechat'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'
import WechatMessage from '#models/wechat_message'
import { systemClock } from '#foundation/clock'
import { LoginFollower } from '#wechat/binding/login_follower'
import { newestLogin } from '#wechat/binding/qr_login'
import { ILinkClient } from '#wechat/ilink/client'
import { emptyDatabase } from '#tests/support/database'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { loggedLines } from '#tests/support/logged_lines'
import { someWallet, Visitor } from '#tests/support/visitor'
import { codeOf } from '#tests/support/wechat_binding'
import { storeBinding, storeHeld } from '#tests/support/wechat_bindings'

/** The pages speak to a play server; a user has logged in. */
async function atThePage() {
  const server = await startILink()
  const client = ilinkClient(server)
  const { logger } = loggedLines()
  const follower = new LoginFollower({ client, clock: systemClock, logger })
  app.container.swap(ILinkClient, () => client)
  app.container.swap(LoginFollower, () => follower)
  wechatConfig.isEnabled = true
  getActiveTest()?.cleanup(async () => {
    wechatConfig.isEnabled = false
    app.container.restoreAll([ILinkClient, LoginFollower])
    await follower.stop()
  })

  const visitor = new Visitor()
  const wallet = someWallet()
  await visitor.logIn(wallet)
  const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
  const page = async () => {
    const { text } = await visitor.get('/wechat/direct')
    return text
  }
  return { server, follower, visitor, user, page }
}

test.group('The page that binds WeChat', (group) => {
  group.each.setup(emptyDatabase)

  test('leads from a code to a bound WeChat, and says what to do next', async ({ assert }) => {
    const { server, follower, visitor, user, page } = await atThePage()
    const person = server.world.addPerson('Lin')
    assert.include(await page(), 'Bind my WeChat')

    const started = await visitor.post('/wechat/direct/login')
    assert.equal(started.location, '/wechat/direct')
    const shown = await page()
    assert.include(shown, 'Scan this code with WeChat')
    assert.include(shown, '<svg')
    const login = await newestLogin(user.id)
    const code = codeOf(server, login!)
    server.scan(code, person)
    server.world.confirm(code)
    await follower.settled()
    assert.include(await page(), 'Bound: now send /start')

    await WechatBotBinding.query().update({ last_inbound_at: Date.now() - 3_600_000 })
    const active = await page()
    assert.include(active, 'You last wrote at')
    assert.match(active, /data-seconds="828\d\d"/)
    assert.include(active, '<dd>10</dd>')
  })

  test('tells apart what holds launches back, and how those ended that were not told', async ({
    assert,
  }) => {
    const { user, page } = await atThePage()
    const now = Date.now()
    const wrote = { lastInboundAt: now - 1000, inboundSeq: 1, sendsSinceInbound: 10 }
    const { id } = await storeBinding({ userId: user.id, ...wrote })
    const jobs = await storeHeld(id, ['quota', 'quota', 'muted', 'quota', 'quota', 'quota'])
    const ended = [
      { status: 'expired', reason: 'summarised', createdAt: now },
      { status: 'failed', reason: 'unknown_outcome', createdAt: now },
      // Of the day before.
      { status: 'expired', reason: null, createdAt: now - 86_400_001 },
    ] as const
    for (const [index, columns] of ended.entries()) await jobs[3 + index]!.merge(columns).save()

    const text = await page()
    assert.include(text, 'All messages of this window are used')
    assert.include(text, '<dt>Held because no message is left</dt><dd>2</dd>')
    assert.include(text, '<dt>Held because you muted</dt><dd>1</dd>')
    assert.include(text, '<dt>Last 24 hours: told as a number only</dt><dd>1</dd>')
    assert.include(text, '<dt>Last 24 hours: not answered by WeChat</dt><dd>1</dd>')
    assert.notInclude(text, 'Last 24 hours: too old')
    assert.include(text, '<dt>Launches waiting for their turn</dt><dd>0</dd>')
  })

  test('asks for a test message, and shows what comes of it', async ({ assert }) => {
    const { visitor, user, page } = await atThePage()
    await visitor.post('/wechat/direct/test')
    assert.include(await page(), 'nothing to send a test to')

    const now = Date.now()
    const wrote = { lastInboundAt: now - 60_000, inboundSeq: 1, sendsSinceInbound: 10 }
    const binding = await storeBinding({ userId: user.id, ...wrote })
    assert.include(await page(), 'Send me a test')
    await visitor.post('/wechat/direct/test')
    const held = await page()
    assert.include(held, 'Held because no message is left. It goes if that ends')
    assert.notInclude(held, 'Send me a test')
    await visitor.post('/wechat/direct/test')
    assert.include(await page(), 'The last test has not gone yet')

    await WechatMessage.create({
      bindingId: binding.id,
      clientId: 'a test',
      kind: 'test',
      inboundSeq: 1,
      createdAt: now,
      result: 'accepted',
      answeredAt: now,
    })
    const accepted = await page()
    assert.include(accepted, 'accepted by WeChat')
    assert.include(accepted, 'Send me a test')
  })

  test('says what stays on the phone when the user unbinds', async ({ assert }) => {
    const { server, follower, visitor, user, page } = await atThePage()
    await visitor.post('/wechat/direct/login')
    const code = codeOf(server, (await newestLogin(user.id))!)
    server.scan(code, server.world.addPerson('Lin'))
    server.world.confirm(code)
    await follower.settled()
    assert.include(await page(), 'The bot stays in your WeChat')

    await visitor.post('/wechat/direct/unbind')
    const after = await page()
    assert.include(after, 'Unbound. Nothing is sent')
    assert.include(after, 'Scan again')
  })

  test('has no code while iLink cannot be reached, and says so', async ({ assert }) => {
    const { server, visitor, page } = await atThePage()
    await server.stop()
    await visitor.post('/wechat/direct/login')
    assert.include(await page(), 'WeChat cannot be reached')
  })

  test('tells a page that shows something older to load again', async ({ assert }) => {
    const { visitor } = await atThePage()
    const { text } = await visitor.get('/wechat/direct/live?key=older')
    assert.include(text, 'event: reload')
  })

  test('asks visitors to log in, and is not offered where WeChat is off', async ({ assert }) => {
    const { visitor, user, page } = await atThePage()
    const stranger = await new Visitor().get('/wechat/direct')
    assert.match(stranger.location!, /^\/login\?next=/)

    wechatConfig.isEnabled = false
    assert.include(await page(), 'WeChat is not offered here yet')
    await visitor.post('/wechat/direct/login')
    assert.include(await page(), 'WeChat is not offered here yet')

    await storeBinding({ userId: user.id })
    assert.include(await page(), 'WeChat is switched off here for now')
  })
})
