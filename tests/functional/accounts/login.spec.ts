import { test } from '@japa/runner'
import i18n from '@adonisjs/i18n/services/main'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import LoginNonce from '#models/login_nonce'
import Subscription from '#models/subscription'
import User from '#models/user'
import { browserNames } from '#accounts/sessions/browser_names'
import { sessionsOf, startSession } from '#accounts/sessions/sessions'
import { keepSession } from '#middleware/member_session'
import { LAUNCH_KINDS } from '#facts/launch'
import { launchpads } from '#sources/venues'
import { storeUser } from '#tests/support/api_token'
import { someAddress } from '#tests/support/facts'
import { emptyDatabase } from '#tests/support/database'
import { someWallet, Visitor } from '#tests/support/visitor'

test.group('Logging in with a wallet', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('the first login makes the account, with every switch on; the next finds it', async ({
    assert,
  }) => {
    const wallet = someWallet()
    const first = await new Visitor().logIn(wallet)
    const second = await new Visitor().logIn(wallet)

    assert.deepEqual([first.status, first.location], [303, '/user-center'])
    assert.equal(second.status, 303)
    const users = await User.all()
    assert.lengthOf(users, 1)
    assert.containsSubset(users[0]!.$attributes, {
      walletAddress: wallet.address.toLowerCase(),
      language: 'en',
      timeZone: 'Asia/Tokyo',
    })
    const switches = await Subscription.query().where('user_id', users[0]!.id)
    assert.lengthOf(switches, launchpads().length * LAUNCH_KINDS.length)
  })

  test('the message names this site, the chain, its end and what it is for', async ({ assert }) => {
    const { address } = someWallet()
    const message = await new Visitor().loginMessage(address)

    assert.match(message, /^(localhost|127\.0\.0\.1):\d+ wants you to sign in/)
    assert.include(message, address)
    assert.match(
      message,
      /\nURI: http:\/\/[^/]+\/login\nVersion: 1\nChain ID: 56\nNonce: \w{24,}\n/
    )
    const [issued, ends] = [...message.matchAll(/(?:Issued At|Expiration Time): (.+)/g)]
    assert.equal(Date.parse(ends![1]!) - Date.parse(issued![1]!), 5 * 60_000)
  })

  test('{$self} is refused in both languages')
    .with([
      'foreign_domain',
      'wrong_chain',
      'unknown_nonce',
      'used_nonce',
      'expired',
      'tampered',
      'wrong_signature',
      'malformed',
    ] as const)
    .run(async ({ assert }, reason) => {
      const wallet = someWallet()
      const issued = await new Visitor().loginMessage(wallet.address)
      const changes = {
        foreign_domain: issued.replace(/^[^ ]+/, 'evil.example'),
        wrong_chain: issued.replace('Chain ID: 56', 'Chain ID: 1'),
        unknown_nonce: issued.replace(/Nonce: .{8}/, 'Nonce: 00000000'),
        tampered: issued.replace('costs nothing', 'costs 1 BNB'),
        malformed: 'Hello',
      }
      const message = reason in changes ? changes[reason as keyof typeof changes] : issued
      const signer = reason === 'wrong_signature' ? someWallet() : wallet
      const signature = await signer.signMessage({ message })
      if (reason === 'used_nonce') await new Visitor().post('/login', { message, signature })
      if (reason === 'expired') await LoginNonce.query().update({ expires_at: 0 })

      for (const locale of ['zh-CN', 'en']) {
        const visitor = new Visitor(locale)
        const answer = await visitor.post('/login', { message, signature })
        // Without an endpoint it is unknown whether a contract accepts the signature.
        const told = reason === 'wrong_signature' ? 'chain_unreachable' : reason
        assert.include(answer.text, i18n.locale(locale).t(`login.refused.${told}`))
        assert.include([422, 503], answer.status)
        assert.isFalse(await visitor.isLoggedIn())
      }
    })

  test('of two tries with one signature at once, one logs in', async ({ assert }) => {
    const wallet = someWallet()
    const visitors = [new Visitor(), new Visitor()]
    const message = await visitors[0]!.loginMessage(wallet.address)
    const signature = await wallet.signMessage({ message })

    const answers = await Promise.all(
      visitors.map((one) => one.post('/login', { message, signature }))
    )

    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 422])
  })

  test('it leads on to the page that asked for it, never to another site', async ({ assert }) => {
    for (const [next, expected] of [
      ['/user-center/export', '/user-center/export'],
      ['//evil.example', null],
    ] as const) {
      const wallet = someWallet()
      const visitor = new Visitor()
      const message = await visitor.loginMessage(wallet.address)
      const signature = await wallet.signMessage({ message })
      const answer = await visitor.post('/login', { message, signature, next })
      assert.equal(answer.location, expected)
    }
  })

  test('a form without the token of its page changes nothing', async ({ client, assert }) => {
    const wallet = someWallet()
    const message = await new Visitor().loginMessage(wallet.address)
    const signature = await wallet.signMessage({ message })

    const answer = await client.post('/login').form({ message, signature }).redirects(0)

    answer.assertStatus(302)
    assert.isEmpty(await User.all())
  })

  test('too many tries from one place are told to wait', async ({ assert }) => {
    const visitor = new Visitor()
    // Tokens of forms are those of its session, which begins with its first page.
    await visitor.get('/login')
    const tries = Array.from({ length: loginLimit.requests + 1 }, () => visitor.post('/login', {}))
    const answers = await Promise.all(tries)

    const refused = answers.find(({ status }) => status === 429)!
    assert.include(refused.text, i18n.locale('en').t('login.refused.too_many'))
    assert.isAbove(Number(refused.headers.get('retry-after')), 0)
  })
})

test.group('Logging out', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('ends the session', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.logIn()
    assert.isTrue(await visitor.isLoggedIn())

    const answer = await visitor.post('/logout')

    assert.deepEqual([answer.status, answer.location], [303, '/'])
    assert.isFalse(await visitor.isLoggedIn())
  })

  test('everywhere ends the sessions of every device', async ({ assert }) => {
    const wallet = someWallet()
    const [desk, phone, other] = [new Visitor(), new Visitor(), new Visitor()]
    await desk.logIn(wallet)
    await phone.logIn(wallet)
    await other.logIn()

    await desk.post('/logout/everywhere')

    assert.isFalse(await desk.isLoggedIn())
    assert.isFalse(await phone.isLoggedIn())
    assert.isTrue(await other.isLoggedIn())
  })

  test('of another browser is possible from the list, of one or of all', async ({ assert }) => {
    const wallet = someWallet()
    const [desk, phone, tablet] = [new Visitor(), new Visitor(), new Visitor()]
    for (const visitor of [tablet, phone, desk]) await visitor.logIn(wallet)
    const listed = async () => {
      const { text } = await desk.get('/user-center')
      return [...text.matchAll(/data-session="(\d+)"/g)].map(([, id]) => id!)
    }
    const [own, ofPhone] = await listed()

    await desk.post(`/user-center/sessions/${ofPhone}/end`)
    assert.deepEqual(
      [await phone.isLoggedIn(), await tablet.isLoggedIn(), await desk.isLoggedIn()],
      [false, true, true]
    )
    await desk.post('/user-center/sessions/others')
    assert.isFalse(await tablet.isLoggedIn())
    assert.deepEqual(await listed(), [own])
  })

  test('of another account is not possible', async ({ assert }) => {
    const [desk, other] = [new Visitor(), new Visitor()]
    await desk.logIn()
    await other.logIn()
    const { text } = await desk.get('/user-center')
    const [, id] = /data-session="(\d+)"/.exec(text)!

    await other.post(`/user-center/sessions/${id}/end`)
    assert.isTrue(await desk.isLoggedIn())
  })
})

test.group('Sessions', (group) => {
  group.each.setup(() => emptyDatabase())

  const DAY = 86_400_000
  const at = (day: number) => ({ now: () => day * DAY })

  test('that are used live on, and a copy of a cookie ends seven days later', async ({
    assert,
  }) => {
    const user = await storeUser(someAddress())
    const key = await startSession(user.id, browserNames(), at(0))
    const begun = sealed({ session_key: key, seen_at: 0 })
    const copy = sealed({ session_key: key, seen_at: 0 })

    for (const day of [6, 12, 18]) {
      assert.exists(await keepSession(begun, user, at(day)))
    }
    assert.isNull(await keepSession(copy, user, at(7)))
    assert.isNull(await keepSession(begun, user, at(25)))
  })

  test('without a key, or without a time, have ended', async ({ assert }) => {
    const user = await storeUser(someAddress())
    const key = await startSession(user.id, browserNames(), at(0))

    assert.isNull(await keepSession(sealed({ seen_at: 0 }), user, at(0)))
    assert.isNull(await keepSession(sealed({ session_key: key }), user, at(0)))
  })

  test('are 50 at most: the one that was not seen for longest ends', async ({ assert }) => {
    const user = await storeUser(someAddress())
    for (let minute = 0; minute < 51; minute++) {
      await startSession(user.id, browserNames(), { now: () => minute * 60_000 })
    }
    const kept = await sessionsOf(user.id, at(1))
    assert.deepEqual([kept.length, kept.at(-1)!.createdAt], [50, 60_000])
  })

  test('are named by browser and system, with names of ours alone', ({ assert }) => {
    const named = {
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0': [
        'Edge',
        'Windows',
      ],
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile MicroMessenger/8.0': [
        'WeChat',
        'iPhone',
      ],
      'Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36 imToken/2.15': [
        'imToken',
        'Android',
      ],
      '<script>alert(1)</script>': [null, null],
    }
    for (const [text, [browser, system]] of Object.entries(named)) {
      assert.deepEqual(browserNames(text), { browser: browser!, system: system! })
    }
  })
})

/** What a cookie holds. */
function sealed(values: Record<string, unknown>) {
  return {
    get: (name: string, absent?: unknown) => values[name] ?? absent,
    put: (name: string, value: unknown) => void (values[name] = value),
  }
}
