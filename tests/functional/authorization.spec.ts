import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { SCOPES } from '#accounts/tokens/scopes'
import { issueToken } from '#accounts/tokens/tokens'
import healthConfig from '#config/health'
import { systemClock } from '#foundation/clock'
import PlayReceiver from '#models/play_receiver'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { startReplay } from '#webhooks/replays/start_replay'
import { authorized } from '#tests/support/api_token'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { operator } from '#tests/support/operator'
import { storeOkxAccount, storeOrder } from '#tests/support/orders'
import { givePro } from '#tests/support/plans'
import { storeJobs } from '#tests/support/push_health'
import { everything } from '#tests/support/replays'
import { ROUTES, type Access } from '#tests/support/route_access'
import { Visitor, someWallet } from '#tests/support/visitor'

/** What the answer to a request says of the one who asked. */
type Verdict = 'let in' | 'log in' | 'forbidden'

/** They end the session that asks. */
const LAST = /^POST \/(logout|user-center\/erase)/

/** What stands where a pattern has a parameter, unless the test names something. */
const SAMPLE: Record<string, string> = {
  address: `0x${'ab'.repeat(20)}`,
  source: 'four',
  kind: 'private',
  type: 'launch.created',
  name: 'webhooks',
  uid: '01JD0000000000000000000000',
  pass: 'none',
}

const routesOf = (...kinds: Access[]) =>
  kinds
    .flatMap((kind) => ROUTES[kind])
    .toSorted((one, other) => Number(LAST.test(one)) - Number(LAST.test(other)))

function pathOf(pattern: string, params: Record<string, string> = {}) {
  return pattern
    .replace('*', 'nothing-here')
    .replaceAll(/:(\w+)/g, (_, name) => params[name] ?? SAMPLE[name] ?? '999999')
}

/** Sends a request as a page, or a program, would; of a stream only its beginning is read. */
async function ask(route: string, init: RequestInit, params?: Record<string, string>) {
  const [method, pattern] = route.split(' ')
  const over = new AbortController()
  const response = await fetch(appUrl(pathOf(pattern!, params)), {
    ...init,
    method,
    redirect: 'manual',
    signal: over.signal,
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isStream ? '' : await response.text()
  over.abort()
  return { status: response.status, location: response.headers.get('location'), text }
}

/** Sends it as a browser with cookies, forms with the token of their page. */
async function visit(visitor: Visitor, route: string, params?: Record<string, string>) {
  const [method, pattern] = route.split(' ')
  if (method === 'GET') return ask(route, { headers: visitor.headers }, params)
  return visitor.post(pathOf(pattern!, params))
}

function verdictOf({ status, location }: { status: number; location: string | null }): Verdict {
  if (status === 401 || (status === 303 && location?.startsWith('/login'))) return 'log in'
  return status === 403 ? 'forbidden' : 'let in'
}

/** The routes of these kinds that answer otherwise than expected, with what they answered. */
async function unexpected(
  routes: readonly string[],
  expected: Verdict,
  request: (route: string) => Promise<{ status: number; location: string | null }>
) {
  const found: string[] = []
  for (const route of routes) {
    const answer = await request(route)
    if (verdictOf(answer) !== expected) found.push(`${route}: ${answer.status}`)
  }
  return found
}

test.group('Who may ask a route', (group) => {
  group.tap((one) => one.tags(['@sqlite']).timeout(120_000))
  group.setup(() => {
    const { internalKey } = healthConfig
    Object.assign(healthConfig, { internalKey: KEY })
    return () => void Object.assign(healthConfig, { internalKey })
  })
  group.each.setup(() => emptyDatabase())

  test('is written down for each route that the router has', ({ assert }) => {
    const routes = Object.values(router.toJSON()).flat()
    const there = routes.flatMap(({ methods, pattern }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${pattern}`)
    )
    const written = Object.values(ROUTES).flat()
    assert.deepEqual(
      {
        'in the router alone': there.filter((route) => !written.includes(route)),
        'written down alone': written.filter((route) => !there.includes(route)),
      },
      { 'in the router alone': [], 'written down alone': [] }
    )
  })

  test('a visitor reaches what everyone may, and is sent to log in by all else', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    const routes = routesOf('everyone').filter((route) => !route.startsWith('POST /login'))
    assert.deepEqual(await unexpected(routes, 'let in', (route) => visit(visitor, route)), [])
    const refused = await unexpected(ROUTES.signed, 'let in', (route) => ask(route, {}))
    assert.lengthOf(refused, ROUTES.signed.length)
    const closed = routesOf('member', 'operator')
    assert.deepEqual(await unexpected(closed, 'log in', (route) => visit(visitor, route)), [])
    const programs = routesOf('internal', ...SCOPES)
    assert.deepEqual(await unexpected(programs, 'log in', (route) => ask(route, {})), [])
  })

  test('a member reaches what members may, and neither the console nor what is for programs', async ({
    assert,
  }) => {
    const member = new Visitor()
    await member.logIn()
    const visited = (route: string) => visit(member, route)
    assert.deepEqual(await unexpected(routesOf('operator'), 'forbidden', visited), [])
    assert.deepEqual(
      await unexpected(routesOf('internal', ...SCOPES), 'log in', (route) =>
        ask(route, { headers: member.headers })
      ),
      []
    )
    const askLoggedIn = async (route: string) => {
      if (LAST.test(route)) await member.logIn()
      return visited(route)
    }
    assert.deepEqual(await unexpected(routesOf('member'), 'let in', askLoggedIn), [])
  })

  test('an operator reaches the console', async ({ assert }) => {
    const visitor = await operator()
    const visited = (route: string) => visit(visitor, route)
    assert.deepEqual(await unexpected(routesOf('operator'), 'let in', visited), [])
  })

  test('a token reaches the routes of its scope, and of no other', async ({ assert }) => {
    const user = await User.create({
      walletAddress: someWallet().address,
      createdAt: 0,
      updatedAt: 0,
    })
    await givePro(user.id)
    for (const scope of SCOPES) {
      const headers = await authorized([scope], user)
      const withToken = (route: string) => ask(route, { headers })
      const others = SCOPES.filter((other) => other !== scope)
      assert.deepEqual(await unexpected(routesOf(scope), 'let in', withToken), [], scope)
      assert.deepEqual(await unexpected(routesOf(...others), 'forbidden', withToken), [], scope)
      assert.deepEqual(await unexpected(routesOf('internal'), 'log in', withToken), [], scope)
      assert.deepEqual(
        await unexpected(['GET /user-center', 'GET /operator'], 'log in', withToken),
        []
      )
    }
  })

  test('the key of the operator opens what is internal, and another one does not', async ({
    assert,
  }) => {
    const withKey = (key: string) => (route: string) =>
      ask(route, { headers: { authorization: `Bearer ${key}` } })
    const routes = routesOf('internal')
    assert.deepEqual(await unexpected(routes, 'let in', withKey(KEY)), [])
    assert.deepEqual(await unexpected(routes, 'log in', withKey('another key')), [])
  })

  test('another user sees nothing that is not theirs, and changes nothing of it', async ({
    assert,
  }) => {
    const victim = await User.create({
      walletAddress: someWallet().address,
      createdAt: 0,
      updatedAt: 0,
    })
    await givePro(victim.id)
    const params = await belongingsOf(victim)
    const before = await rowsAbout(victim.id)

    const other = new Visitor()
    const wallet = someWallet()
    await other.logIn(wallet)
    const account = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
    await givePro(account.id)
    const headers = await authorized([...SCOPES], account)

    const seen: string[] = []
    for (const route of routesOf('member', 'webhooks:read', 'webhooks:write')) {
      const named = params(route)
      if (!named || LAST.test(route)) continue
      const answer = await (ROUTES.member.includes(route)
        ? visit(other, route, named)
        : ask(route, { headers }, named))
      if (answer.status === 200 || answer.text.includes(MARK))
        seen.push(`${route}: ${answer.status}`)
    }
    assert.deepEqual(seen, [])
    assert.deepEqual(await rowsAbout(victim.id), before)
  })
})

/** The operator's, for programs. */
const KEY = 'a-long-key-of-the-operator'

/** What can be told again where it should not be. */
const MARK = 'only-for-its-owner'

/** One of each thing that a user may own, and for a route the numbers of those that it names. */
async function belongingsOf(user: User) {
  const endpoint = await storeEndpoint(`https://receiver.example/${MARK}`, {
    ownerId: user.id,
    description: MARK,
  })
  const launchId = await storeLaunch()
  await storeJobs(1, 'failed', 1, {
    target_id: endpoint.id,
    fact_type: 'launch',
    fact_id: launchId,
  })
  const [job] = await db.from('notification_jobs').select('id')
  const { replay } = await startReplay(everything(endpoint), systemClock)
  const token = await issueToken({
    owner: user,
    name: MARK,
    scopes: ['webhooks:read'],
    lifetimeMs: null,
  })
  const account = await storeOkxAccount({ ownerId: user.id, label: MARK })
  const order = await storeOrder(account, { ordId: MARK })
  const play = await PlayReceiver.create({
    id: 'receiver-of-another',
    ownerId: user.id,
    answerStatus: 200,
    createdAt: 1,
  })
  const chat = await TelegramChat.create({
    userId: user.id,
    chatId: 7,
    kind: 'group',
    title: MARK,
    boundBy: 7,
    status: 'active',
    boundAt: 1,
    createdAt: 1,
    updatedAt: 1,
  } as never)
  const session = await db
    .table('user_sessions')
    .insert({ user_id: user.id, key_hash: MARK, created_at: 1, last_seen_at: 1 })
    .returning('id')

  const owned: [RegExp, Record<string, unknown>][] = [
    [/webhook\/deliveries\/:id/, { id: job.id }],
    [
      /^\S+ \/(webhooks|api\/v1\/webhook\/endpoints|user-center\/endpoints)\/:id/,
      {
        id: endpoint.id,
        replay: replay.id,
        delivery: job.id,
      },
    ],
    [/user-center\/tokens/, { id: token.id }],
    [/user-center\/sessions\/:id/, { id: session[0].id }],
    [/user-center\/telegram\/:id/, { id: chat.id }],
    [/okx\/(accounts\/)?:id/, { id: account.id }],
    [/orders\/:id/, { id: order.id }],
    [/\/play\/:id/, { id: play.id }],
  ]
  return (route: string) => {
    const [, ids] = owned.find(([pattern]) => pattern.test(route)) ?? []
    return ids && Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, String(id)]))
  }
}

/** Each row that names a user as its owner, of all tables. */
async function rowsAbout(userId: number) {
  const rows: Record<string, unknown[]> = {}
  for (const table of await db.connection().getAllTables()) {
    const columns = await db.connection().columnsInfo(table)
    const owner = ['user_id', 'owner_id', 'tokenable_id'].find((name) => name in columns)
    if (owner) rows[table] = await db.from(table).where(owner, userId)
  }
  return { ...rows, jobs: await db.from('notification_jobs'), replays: await db.from('replays') }
}
