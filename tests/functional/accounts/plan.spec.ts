import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import plans from '#config/plans'
import { loginLimit } from '#config/limiter'
import { systemClock } from '#foundation/clock'
import Entitlement from '#models/entitlement'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { storePayment } from '#tests/support/payments'
import { someWallet, Visitor } from '#tests/support/visitor'
import { grant } from '#billing/plans/change_plan'
import { launchpads } from '#sources/venues'

const DAY_MS = 86_400_000

async function loggedIn() {
  const wallet = someWallet()
  const visitor = new Visitor()
  await visitor.logIn(wallet)
  const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
  return { visitor, user, wallet }
}

test.group('Plans in the user center', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('the trial is started once, and says which pushes are left', async ({ assert }) => {
    const { visitor, user } = await loggedIn()

    await visitor.post('/user-center/trial')
    await db.table('trial_pushes').insert({ user_id: user.id, source: 'four', created_at: 0 })
    const page = await visitor.get('/user-center')
    assert.match(page.text, /3 days left/)
    assert.match(page.text, /Four\.meme<[^]*Push used up[^]*Flap<[^]*One push left/)

    await visitor.post('/user-center/trial')
    const again = await visitor.get('/user-center')
    assert.include(again.text, 'one trial for each account')
  })

  test('a paid plan says how long it runs, and lists what paid for it', async ({ assert }) => {
    const { visitor, user, wallet } = await loggedIn()
    await grant(
      user.id,
      { ms: 29.5 * DAY_MS, plan: 'yearly' },
      { terms: plans, clock: systemClock }
    )
    await storePayment(user.id, wallet.address.toLowerCase())

    const page = await visitor.get('/user-center')

    assert.match(page.text, /Pro, yearly<[^]*30 days left/)
    assert.match(page.text, /href="\/user-center\/receipts\/\d+"[^>]*>1\.5 BNB</)
  })

  test('a plan that ends within a day says so on top, in its owner’s time, until it is renewed', async ({
    assert,
  }) => {
    const { visitor, user } = await loggedIn()
    await visitor.post('/user-center/profile', { language: 'en', time_zone: 'Asia/Tokyo' })
    const banner = async () => {
      const page = await visitor.get('/user-center')
      return /data-plan-ends>([^]*?)<\/p>/.exec(page.text)?.[1]
    }
    await grant(
      user.id,
      { ms: 1.1 * DAY_MS, plan: 'monthly' },
      { terms: plans, clock: systemClock }
    )
    assert.isUndefined(await banner())

    const endsAt = new Date(Date.now() + DAY_MS / 2)
    await Entitlement.query().update({ ends_at: endsAt.getTime() })
    const clock = endsAt.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })
    const shown = (await banner())!
    assert.include(shown, clock)
    assert.include(shown, 'href="/renew"')

    await grant(user.id, { ms: DAY_MS, plan: 'monthly' }, { terms: plans, clock: systemClock })
    assert.isUndefined(await banner())
  })

  test('webhooks of one’s own are refused without a paid plan', async ({ assert }) => {
    const { visitor } = await loggedIn()
    await visitor.post('/user-center/trial')

    await visitor.post('/user-center/endpoints', { url: 'https://192.88.98.1/hooks' })

    const page = await visitor.get('/user-center')
    assert.include(page.text, 'Webhooks of your own are part of Pro.')
    assert.isEmpty(await WebhookEndpoint.all())
  })

  test('a switch that is on says when nothing would arrive', async ({ assert }) => {
    const { visitor, user } = await loggedIn()
    const without = await visitor.get('/user-center')
    assert.lengthOf(without.text.match(/Not being delivered/g)!, launchpads().length)

    await grant(user.id, { ms: DAY_MS, plan: 'monthly' }, { terms: plans, clock: systemClock })
    await visitor.post('/user-center/endpoints', { url: 'https://192.88.98.1/hooks' })
    const reached = await visitor.get('/user-center')
    assert.notInclude(reached.text, 'Not being delivered')
  })

  test('what was paid stays in the ledger when its payer is erased, without his wallet', async ({
    assert,
  }) => {
    const { visitor, user, wallet } = await loggedIn()
    await storePayment(user.id, wallet.address.toLowerCase())

    await visitor.post('/user-center/erase', { understood: '1' })

    const payment = await db.from('payments').firstOrFail()
    assert.equal(Number(payment.owner_id), user.id)
    assert.equal(payment.amount, '1500000000000000000')
    assert.isNull(payment.sender)
  })
})
