import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import healthConfig from '#config/health'
import { systemClock } from '#foundation/clock'
import { checkPush } from '#health/check_push'
import { operatorPages } from '#http/operator_pages'
import Entitlement from '#models/entitlement'
import OperatorAction from '#models/operator_action'
import Payment from '#models/payment'
import PushAlert from '#models/push_alert'
import User from '#models/user'
import UserSession from '#models/user_session'
import { ACTIONS, type Doing } from '#operator/actions'
import { commandJson, runCommand } from '#tests/support/console'
import { emptyDatabase } from '#tests/support/database'
import { operator } from '#tests/support/operator'
import { storePayment } from '#tests/support/payments'
import { storeCursor, storeProcess } from '#tests/support/push_health'
import { someWallet, Visitor } from '#tests/support/visitor'

/** Routes of pages that send a form and change nothing. */
const SHOWING = ['operator.webhook.endpoint_trials.new', 'operator.webhook.endpoint_trials.store']

async function someUser() {
  const wallet = someWallet()
  await new Visitor().logIn(wallet)
  return User.findByOrFail('wallet_address', wallet.address.toLowerCase())
}

async function storeGap() {
  const now = systemClock.now()
  await db.table('scan_gaps').insert({
    chain_id: 56,
    from_block: 7,
    to_block: 9,
    reason: 'range',
    tries: 3,
    next_try_at: now + 86_400_000,
    created_at: now,
  })
}

test.group('The console of the operator', (group) => {
  group.each.setup(() => emptyDatabase())

  test('has every page in both languages, empty and with something on it', async ({ assert }) => {
    const look = async (language: string) => {
      const visitor = await operator(language)
      for (const { path } of operatorPages()) {
        const { status, text } = await visitor.get(path)
        assert.equal(status, 200, path)
        // A message without words is shown as its key.
        assert.notMatch(text, /translation missing/i, path)
      }
    }
    await look('en')
    const user = await someUser()
    await storePayment(user.id)
    await storePayment(null)
    await storeGap()
    await storeCursor(systemClock.now())
    await storeProcess('scan:chain', systemClock.now(), { works_on: 'block 7 of chain 56' })
    for (let check = 1; check <= 2; check++)
      await checkPush({ settings: healthConfig, clock: systemClock })
    await look('zh-CN')
  })

  test('shows what the stored checks say as lines and as a table', async ({ assert }) => {
    const visitor = await operator()
    for (let check = 1; check <= 3; check++)
      await checkPush({ settings: healthConfig, clock: systemClock })

    const { text } = await visitor.get('/operator?range=day')
    assert.include(text, 'From planned to accepted')
    assert.match(text, /<svg class="line-chart"/)
    assert.match(text, /aria-current="page">Last day/)
  })

  test('of what is not there is 404, however it is named: {$self}')
    .with(['users', 'orders', 'webhooks'])
    .run(async ({ assert }, list) => {
      const visitor = await operator()
      for (const id of ['0', 'nonsense', '9223372036854775808', '__proto__']) {
        const { status } = await visitor.get(`/operator/${list}/${id}`)
        assert.equal(status, 404, id)
      }
    })

  test('gives and ends plans, credits payments, and notes who did so', async ({ assert }) => {
    const visitor = await operator()
    const user = await someUser()
    await storePayment(null)
    const payment = await Payment.firstOrFail()

    const path = `/operator/users/${user.id}`
    await visitor.post(`${path}/grant`, { for: '30d', plan: 'monthly', note: 'won' })
    await visitor.post('/operator/payments/assign', {
      ids: String(payment.id),
      user: String(user.id),
    })
    await payment.refresh()
    assert.equal(payment.ownerId, user.id)
    await visitor.post(`${path}/grant`, { for: 'for ever', plan: 'monthly' })
    const { text: refused } = await visitor.get(path)
    assert.include(refused, 'should be a duration such as 30m')
    await visitor.post(`${path}/revoke`)
    await visitor.post(`${path}/logout`)

    const { endsAt } = await Entitlement.findOrFail(user.id)
    assert.isAtMost(endsAt, systemClock.now())
    assert.isEmpty(await UserSession.query().where('user_id', user.id))
    const log = await OperatorAction.query().orderBy('id')
    assert.deepEqual(
      log.map(({ via, action, outcome, subject }) => [via, action, outcome, subject]),
      [
        ['page', 'user.grant', 'done', `id=${user.id} for=30d plan=monthly note=won`],
        ['page', 'payment.assign', 'done', `ids=${payment.id} user=${user.id}`],
        ['page', 'user.grant', 'refused', `id=${user.id} for=for ever plan=monthly`],
        ['page', 'user.revoke', 'done', `id=${user.id}`],
        ['page', 'user.logout', 'done', `id=${user.id}`],
      ]
    )
  })

  test('notes what commands do as well, without secrets, and lists all by filters', async ({
    assert,
  }) => {
    const user = await someUser()
    await runCommand('user:grant', String(user.id), '--for=1d')
    await runCommand('user:grant', 'unknown', '--for=1d')
    await runCommand('user:list')
    await runCommand('webhook:add', 'https://192.88.98.1/hooks?key=a-secret-of-the-url')

    const data: Record<string, string>[] = await commandJson('operator:log')
    assert.deepEqual(
      data.map(({ via, action, outcome }) => [via, action, outcome]),
      [
        ['command', 'endpoint.add', 'done'],
        ['command', 'user.grant', 'refused'],
        ['command', 'user.grant', 'done'],
      ]
    )
    assert.notInclude(JSON.stringify(data), 'a-secret-of-the-url')

    const visitor = await operator()
    const { text } = await visitor.get('/operator/actions?action=endpoint.add&via=command')
    assert.include(text, 'endpoint.add')
    assert.notInclude(text, '>user.grant<')
  })

  test('acknowledges many alerts at once, and has many gaps tried', async ({ assert }) => {
    const visitor = await operator()
    const now = systemClock.now()
    for (const since of [1, 2]) {
      await PushAlert.create({
        kind: 'health.degraded',
        since,
        message: `alert ${since}`,
        eventTime: now,
        createdAt: now,
      })
    }
    await storeGap()
    const alerts = await PushAlert.all()
    await visitor.post('/operator/alerts/acknowledge', { ids: alerts.map(({ id }) => String(id)) })
    const { text } = await visitor.get('/operator/alerts?state=open')
    assert.notInclude(text, 'alert 1')

    const { id } = await db.from('scan_gaps').select('id').firstOrFail()
    await visitor.post('/operator/scanners/gaps/retry', { ids: String(id) })
    const gap = await db.from('scan_gaps').firstOrFail()
    assert.isAtMost(Number(gap.next_try_at), systemClock.now())
  })

  test('can do nothing that no command does, and no command acts that no page can', async ({
    assert,
  }) => {
    const doings: Doing[] = Object.values(ACTIONS)
    const posts = router
      .toJSON()
      .root!.filter(
        ({ methods, name }) => methods.includes('POST') && name?.startsWith('operator.')
      )
      .map(({ name }) => name!)
      .filter((name) => !SHOWING.includes(name))
    assert.sameMembers(
      doings.flatMap(({ routes }) => routes),
      posts
    )

    await ace.boot()
    const commands = ace.getCommands().map(({ commandName }) => commandName)
    assert.includeMembers(
      commands,
      doings.flatMap((one) => one.commands)
    )
  })
})
