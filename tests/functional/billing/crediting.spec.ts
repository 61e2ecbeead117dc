import { test } from '@japa/runner'
import { parseEther } from 'viem'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import PaymentQuote from '#models/payment_quote'
import Payment from '#models/payment'
import { openQuote } from '#billing/checkout/open_quote'
import { revoke } from '#billing/plans/change_plan'
import type { PlanTerms } from '#config/plans'
import { amountsOf, DAY_MS, startBilling, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { storeCredited } from '#tests/support/payments'
import { startSender, storeEndpoint } from '#tests/support/delivery'
import { startReceiver } from '#tests/support/receiver'
import { SettableClock } from '#tests/support/settable_clock'

const BNB = parseEther('1')
const EVENTS = { eventTypes: ['payment.credited'] }

test.group('Crediting a payment', (group) => {
  group.each.setup(() => emptyDatabase())

  async function start(ctx: { test: Parameters<typeof startBilling>[0] }) {
    const clock = new SettableClock(Date.now())
    const billing = await startBilling(ctx.test, clock)
    const receive = async (pays: `0x${string}`, amount: bigint) => {
      await billing.chain.pay(pays, amount)
      await billing.checkWhenFinal()
    }
    const offer = { terms: TERMS, clock }
    return { ...billing, clock, receive, offer }
  }

  test('any amount counts pro rata, from the later of now and the current end', async (ctx) => {
    const { someUser, receive, clock } = await start(ctx)
    const { user, pays } = await someUser()

    await receive(pays, BNB / 2n)
    const { endsAt, plan } = await Entitlement.findOrFail(user.id)
    ctx.assert.deepEqual([endsAt, plan], [clock.now() + 15 * DAY_MS, 'monthly'])

    clock.pass(5 * DAY_MS)
    await receive(pays, BNB)
    const longer = await Entitlement.findOrFail(user.id)
    ctx.assert.equal(longer.endsAt, endsAt + 30 * DAY_MS)

    clock.pass(100 * DAY_MS)
    await receive(pays, parseEther('9.3'))
    const late = await Entitlement.findOrFail(user.id)
    ctx.assert.equal(late.endsAt, clock.now() + 279 * DAY_MS)

    const changes = await EntitlementChange.query().orderBy('id')
    ctx.assert.deepEqual(
      changes.map(({ cause, endsAfter, paymentId }) => [cause, endsAfter, paymentId !== null]),
      [endsAt, longer.endsAt, late.endsAt].map((end) => ['payment', end, true])
    )
  })

  test('what is too little is kept, and counts with the next', async (ctx) => {
    const { someUser, receive, clock } = await start(ctx)
    const { user, pays } = await someUser()

    await receive(pays, parseEther('0.0004'))
    const dust = await Entitlement.findOrFail(user.id)
    ctx.assert.deepEqual([dust.endsAt, dust.credit], [0, parseEther('0.0004')])

    await receive(pays, parseEther('0.0996'))
    const { endsAt, credit } = await Entitlement.findOrFail(user.id)
    ctx.assert.deepEqual([endsAt, credit], [clock.now() + 3 * DAY_MS, 0n])
  })

  test('a yearly quote counts at its rate once it is full, however many payments fill it', async (ctx) => {
    const { someUser, receive, clock, offer } = await start(ctx)
    const { user, pays } = await someUser()
    const quote = await openQuote(user.id, 'yearly', offer)
    ctx.assert.equal(quote.price, (365n * 80n * BNB) / 3000n)
    const again = await openQuote(user.id, 'yearly', offer)
    ctx.assert.equal(again.id, quote.id)
    const startedAt = clock.now()

    await receive(pays, 3n * BNB)
    const part = await Entitlement.findOrFail(user.id)
    ctx.assert.deepEqual([part.plan, part.endsAt], ['monthly', startedAt + 90 * DAY_MS])

    await receive(pays, quote.price - 3n * BNB)
    const full = await Entitlement.findOrFail(user.id)
    ctx.assert.equal(full.plan, 'yearly')
    ctx.assert.closeTo(full.endsAt, startedAt + 365 * DAY_MS, 1000)
    await quote.refresh()
    ctx.assert.equal(quote.state, 'filled')
    ctx.assert.equal(quote.spent + full.credit, quote.price)

    await receive(pays, BNB)
    const month = await Entitlement.findOrFail(user.id)
    ctx.assert.deepEqual([month.plan, month.endsAt], ['yearly', full.endsAt + 30 * DAY_MS])
  })

  test('a payment that is late for its quote counts at the monthly rate', async (ctx) => {
    const { chain, someUser, receive, clock, offer } = await start(ctx)
    const { user, pays } = await someUser()
    const { price } = await openQuote(user.id, 'yearly', offer)
    await chain.client.increaseTime({ seconds: 2 * 86_400 })

    await receive(pays, price)
    const { plan, endsAt } = await Entitlement.findOrFail(user.id)
    ctx.assert.equal(plan, 'monthly')
    ctx.assert.closeTo(endsAt, clock.now() + 292 * DAY_MS, 1000)
    const [quote] = await PaymentQuote.query()
    ctx.assert.equal(quote!.received, 0n)
  })

  const costing = (monthly: bigint): PlanTerms => ({
    ...TERMS,
    paid: {
      monthly: { ...TERMS.paid.monthly, price: monthly },
      yearly: { ...TERMS.paid.yearly, price: 9n * monthly },
    },
  })

  test('what was quoted and paid buys what was quoted, whatever it costs meanwhile', async (ctx) => {
    const { someUser, offer, clock } = await start(ctx)
    const [month, year] = [await someUser(), await someUser()]
    await openQuote(month.user.id, 'monthly', offer)
    const quote = await openQuote(year.user.id, 'yearly', offer)
    const store = (owner: number, amount: bigint, terms: PlanTerms) =>
      storeCredited(owner, amount, { terms, clock })

    await store(month.user.id, BNB, costing(2n * BNB))
    const { endsAt } = await Entitlement.findOrFail(month.user.id)
    ctx.assert.equal(endsAt, clock.now() + 30 * DAY_MS)

    await store(year.user.id, 9n * BNB, TERMS)
    await store(year.user.id, quote.price - 9n * BNB, costing(10n * BNB))
    const full = await Entitlement.findOrFail(year.user.id)
    ctx.assert.equal(full.plan, 'yearly')
    ctx.assert.closeTo(full.endsAt, clock.now() + 365 * DAY_MS, 1000)
  })

  test('a user who asks for another plan and comes back finds what was paid for the first', async (ctx) => {
    const { someUser, offer, clock } = await start(ctx)
    const { user } = await someUser()
    const yearly = await openQuote(user.id, 'yearly', offer)
    await storeCredited(user.id, 4n * BNB, { terms: TERMS, clock })
    await openQuote(user.id, 'monthly', offer)
    const again = await openQuote(user.id, 'yearly', offer)

    ctx.assert.deepEqual([again.id, again.received], [yearly.id, 4n * BNB])
    await storeCredited(user.id, again.price - 4n * BNB, { terms: TERMS, clock })
    const { endsAt } = await Entitlement.findOrFail(user.id)
    ctx.assert.closeTo(endsAt, clock.now() + 365 * DAY_MS, 1000)
    ctx.assert.lengthOf(await PaymentQuote.all(), 2)
  })

  test('what was paid back and revoked counts to no quote any more', async (ctx) => {
    const { someUser, offer, clock } = await start(ctx)
    const { user } = await someUser()
    const { price } = await openQuote(user.id, 'yearly', offer)
    await storeCredited(user.id, 5n * BNB, { terms: TERMS, clock })
    await revoke(user.id, 'paid back', clock)
    const quote = await openQuote(user.id, 'yearly', offer)
    ctx.assert.equal(quote.received, 0n)

    await storeCredited(user.id, price - 5n * BNB, { terms: TERMS, clock })
    const { endsAt } = await Entitlement.findOrFail(user.id)
    ctx.assert.closeTo(endsAt, clock.now() + 142 * DAY_MS, 1000)
  })

  test('what comes after an account was deleted waits for the operator', async (ctx) => {
    const { someUser, receive } = await start(ctx)
    const { user, pays } = await someUser()
    await user.merge({ walletAddress: `deleted-${user.id}` }).save()

    await receive(pays, BNB)
    const [payment] = await Payment.all()
    ctx.assert.deepEqual([payment!.ownerId, payment!.amount], [null, BNB])
  })

  test('its owner and the operator are told, and no other user', async (ctx) => {
    const { chain, someUser, receive } = await start(ctx)
    const { user, pays } = await someUser()
    const other = await someUser()
    const [own, operators, others, everything] = await Promise.all([
      startReceiver(),
      startReceiver(),
      startReceiver(),
      startReceiver(),
    ])
    await storeEndpoint(own.url, { ...EVENTS, ownerId: user.id })
    await storeEndpoint(operators.url, EVENTS)
    await storeEndpoint(others.url, { ...EVENTS, ownerId: other.user.id })
    await storeEndpoint(everything.url)

    await receive(pays, 2n * BNB)
    startSender()
    await Promise.all([own.received(1), operators.received(1)])
    await receive(other.pays, BNB)
    await others.received(1)

    const { source, data } = own.deliveries[0]!.event
    ctx.assert.deepEqual(
      [source, data.amount, data.sender, data.plan],
      ['regou', String(2n * BNB), chain.payers[0], 'monthly']
    )
    ctx.assert.equal(others.deliveries[0]!.event.data.amount, String(BNB))
    ctx.assert.deepEqual([own.deliveries.length, everything.deliveries.length], [1, 0])
    ctx.assert.deepEqual(await amountsOf(user.id), [2n * BNB])
  })
})
