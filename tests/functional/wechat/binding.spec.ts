import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import WechatBotBinding from '#models/wechat_bot_binding'
import WechatQrLogin, { type LoginState } from '#models/wechat_qr_login'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { Person } from '#demo/wechat/world'
import { ILinkClient } from '#wechat/ilink/client'
import { cancelLogin, enterDigits, newestLogin, startLogin } from '#wechat/binding/qr_login'
import { currentBinding, unbind } from '#wechat/binding/unbind'
import { runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import {
  bindingStand,
  codeOf,
  someUser,
  until,
  type BindingStand,
} from '#tests/support/wechat_binding'

const STATUS = 'get_qrcode_status'

/** Waits until the user's newest login has this state. */
async function reached({ user }: BindingStand, state: LoginState) {
  await until(async () => {
    const login = await newestLogin(user.id)
    return login?.state === state
  })
}

/** The user asks for a code; the person scans it and confirms. */
async function bindOnce(stand: BindingStand, user = stand.user, person: Person = stand.person) {
  const { server } = stand
  const code = codeOf(server, await stand.start(user))
  server.scan(code, person)
  server.world.confirm(code)
  await stand.settled()
  return currentBinding(user.id)
}

test.group('Binding a WeChat', (group) => {
  group.each.setup(emptyDatabase)

  test('a code that is scanned and confirmed becomes a binding, before anything says so', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, person, user } = stand
    const login = await stand.start()
    server.scan(codeOf(server, login), person)
    await reached(stand, 'scanned')
    server.world.confirm(codeOf(server, login))
    await stand.settled()

    const [ended, binding] = [await newestLogin(user.id), await currentBinding(user.id)]
    assert.deepInclude(ended!.$attributes, { state: 'bound', qrKey: 'gone', content: 'gone' })
    assert.deepInclude(binding!.$attributes, {
      status: 'active',
      userWxId: person.id,
      botToken: person.bot!.token,
      botId: person.bot!.id,
      baseUrl: server.url,
      contextToken: null,
      lastInboundAt: null,
    })
  })

  test('a token is unreadable in the database', async ({ assert }) => {
    const stand = await bindingStand()
    const binding = await bindOnce(stand)
    const [row] = await WechatBotBinding.query().pojo<{ bot_token: string }>()

    assert.notInclude(row!.bot_token, binding!.botToken)
  })

  test('digits that the phone shows are asked for again when they are wrong', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, person, user } = stand
    server.world.knobs.asksForDigits = true
    const code = codeOf(server, await stand.start())
    server.scan(code, person)
    await reached(stand, 'needs_code')
    await enterDigits(user.id, '000 000')
    await reached(stand, 'wrong_code')
    await enterDigits(user.id, [...code.digits].join(' '))
    await reached(stand, 'scanned')
    server.world.confirm(code)
    await stand.settled()

    const binding = await currentBinding(user.id)
    assert.equal(binding?.status, 'active')
    await assert.rejects(() => enterDigits(user.id, 'abc'), /not the digits/)
  })

  test('an expired code is renewed without a click; after three of them the login ends', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, clock, user } = stand
    await stand.start()
    for (let codes = 1; codes < 3; codes++) {
      clock.pass(120_000)
      await until(async () => (await newestLogin(user.id))!.codes === codes + 1)
    }
    clock.pass(120_000)
    await stand.settled()

    const login = await newestLogin(user.id)
    assert.equal(login!.state, 'expired')
    assert.equal(server.world.logins.size, 3)
  })

  test('a code of which the server never says that it has expired is given up after five minutes', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, clock, user } = stand
    server.world.knobs.codeLifeMs = Infinity
    await stand.start()
    clock.pass(5 * 60_000)
    await until(async () => (await newestLogin(user.id))!.codes === 2)
    assert.equal(server.world.logins.size, 2)
  })

  for (const [why, state, prepare] of [
    ['is sent to a strange host', 'untrusted', ({ world }) => (world.knobs.redirectsTo = 'x.test')],
    [
      'gets a strange base URL',
      'untrusted',
      ({ world }) => (world.knobs.baseUrl = 'http://x.test'),
    ],
    [
      'is blocked',
      'blocked',
      ({ faults }) => faults.add(STATUS, { status: 'verify_code_blocked' }),
    ],
    [
      'is known by no token',
      'taken',
      ({ faults }) => faults.add(STATUS, { status: 'binded_redirect' }),
    ],
  ] as [string, LoginState, (server: ILinkServer) => unknown][]) {
    test(`a login that ${why} ends as ${state} and binds nothing`, async ({ assert }) => {
      const stand = await bindingStand()
      prepare(stand.server)
      const binding = await bindOnce(stand)
      const login = await newestLogin(stand.user.id)

      assert.equal(login!.state, state)
      assert.isNull(binding)
    })
  }

  test('a login goes on at the host that it is sent to', async ({ assert }) => {
    const stand = await bindingStand()
    stand.server.world.knobs.redirectsTo = 'second_port'
    const binding = await bindOnce(stand)

    assert.equal(binding?.status, 'active')
  })

  test('a server that is away for a while ends no login', async ({ assert }) => {
    const stand = await bindingStand()
    stand.server.faults.add('get_qrcode_status', 524, 'drop', 'garbage')
    const binding = await bindOnce(stand)

    assert.equal(binding?.status, 'active')
  })

  test('a process that follows a login and dies is replaced by the next that shows it', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, clock, user, person, tools } = stand
    const login = await startLogin(user.id, tools)
    await WechatQrLogin.query().update({ follower: 'dead', followed_until: clock.now() + 60_000 })
    server.scan(codeOf(server, login), person)
    server.world.confirm(codeOf(server, login))
    const other = stand.newFollower()
    other.follow(login.id)
    await other.settled()
    assert.isNull(await currentBinding(user.id))

    clock.pass(60_000)
    other.follow(login.id)
    await other.settled()
    assert.isNotNull(await currentBinding(user.id))
  })

  test('a login that the user has cancelled binds nothing', async ({ assert }) => {
    const stand = await bindingStand()
    const { server, user, person, clock } = stand
    const code = codeOf(server, await stand.start())
    await cancelLogin(user.id, clock)
    server.scan(code, person)
    server.world.confirm(code)
    await stand.settled()

    assert.isNull(await currentBinding(user.id))
  })

  test('a user has one open login, and may start five in ten minutes', async ({ assert }) => {
    const { user, tools, clock } = await bindingStand()
    for (let started = 0; started < 5; started++) await startLogin(user.id, tools)
    const open = await WechatQrLogin.query().whereNull('ended_at')
    assert.lengthOf(open, 1)
    await assert.rejects(() => startLogin(user.id, tools), /Too many/)
    clock.pass(10 * 60_000)
    await startLogin(user.id, tools)
  })
})

test.group('Binding a WeChat again', (group) => {
  group.each.setup(emptyDatabase)

  test('tokens of the user’s own bots are named, also those of bindings that ended, and no others', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { server, user, client, clock, tools } = stand
    const other = await someUser()
    await bindOnce(stand, other, server.world.addPerson('Wu'))
    const first = await bindOnce(stand)
    await unbind(user.id, { client, clock })

    const again = await startLogin(user.id, tools)
    assert.deepEqual(codeOf(server, again).knownTokens, [first!.botToken])

    clock.pass(90 * 86_400_000)
    const late = await startLogin(user.id, tools)
    assert.deepEqual(codeOf(server, late).knownTokens, [])
  })

  test('a token that was stored with another APP_KEY is left out', async ({ assert }) => {
    const stand = await bindingStand()
    await bindOnce(stand)
    await WechatBotBinding.query().update({ bot_token: 'sealed-with-another-key' })
    const login = await startLogin(stand.user.id, stand.tools)

    assert.deepEqual(codeOf(stand.server, login).knownTokens, [])
  })

  test('a person who is bound already gets the old bot back, with its window', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const { user, person, client, clock } = stand
    const first = await bindOnce(stand)
    const used = { cursor: 'c7', contextToken: 't7', lastInboundAt: 5, inboundSeq: 3 }
    await first!.merge(used).save()
    await unbind(user.id, { client, clock })
    assert.isFalse(person.bot!.isStarted)

    const again = await bindOnce(stand)
    assert.deepInclude(again!.$attributes, { id: first!.id, status: 'active', ...used })
    assert.equal(again!.botToken, first!.botToken)
    assert.isAbove(again!.pollFence, first!.pollFence)
  })

  test('a new bot of the same person goes on in the old row, and starts without a window', async ({
    assert,
  }) => {
    const stand = await bindingStand()
    const first = await bindOnce(stand)
    await first!.merge({ status: 'expired', reason: 'gone', endedAt: 1, lastInboundAt: 5 }).save()
    stand.person.bot!.die(0)
    const again = await bindOnce(stand)

    assert.equal(again!.id, first!.id)
    assert.notEqual(again!.botToken, first!.botToken)
    assert.deepInclude(again!.$attributes, { status: 'active', endedAt: null, lastInboundAt: null })
  })

  test('a WeChat that another user binds ends for the one before', async ({ assert }) => {
    const stand = await bindingStand()
    await bindOnce(stand)
    const other = await someUser()
    const theirs = await bindOnce(stand, other)
    const mine = await currentBinding(stand.user.id)

    assert.equal(theirs!.status, 'active')
    assert.deepInclude(mine!.$attributes, { status: 'inactive', reason: 'bound_again' })
  })

  test('another WeChat of the same user ends the binding of the first', async ({ assert }) => {
    const stand = await bindingStand()
    const first = await bindOnce(stand)
    const second = await bindOnce(stand, stand.user, stand.server.world.addPerson('Wu'))
    await first!.refresh()

    assert.notEqual(second!.id, first!.id)
    assert.equal(first!.reason, 'bound_again')
  })

  test('the operator ends a binding by command, of a user that there is', async ({
    assert,
    cleanup,
  }) => {
    const stand = await bindingStand()
    await bindOnce(stand)
    app.container.swap(ILinkClient, () => stand.client)
    cleanup(() => app.container.restore(ILinkClient))

    const ended = await runCommand('wechat:unbind', String(stand.user.id))
    assert.equal(ended.code, 0, ended.stderr)
    const binding = await currentBinding(stand.user.id)
    assert.deepInclude(binding!.$attributes, { status: 'inactive', reason: 'by_owner' })
    const unknown = await runCommand('wechat:unbind', '999')
    assert.equal(unknown.code, 1)
  })
})
