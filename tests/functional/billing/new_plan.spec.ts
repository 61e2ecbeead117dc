import { test } from '@japa/runner'
import { parseEther } from 'viem'
import plans from '#config/plans'
import Entitlement from '#models/entitlement'
import EntitlementChange from '#models/entitlement_change'
import PaymentQuote from '#models/payment_quote'
import { DAY_MS, untilCredited } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { addressOn, payer, startPaying } from '#tests/support/pay_page'

const BNB = parseEther('1')

/** 10 % less by the day than a month for 1 BNB. */
const QUARTERLY = { price: (27n * BNB) / 10n, lengthMs: 90 * DAY_MS, priority: 0 }

test.group('A plan that stands in config/plans alone', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    const paid: Record<string, typeof QUARTERLY> = plans.paid
    paid.quarterly = QUARTERLY
    return () => void delete paid.quarterly
  })

  test('is offered on /renew, quoted, and credited at its own rate', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { visitor, user } = await payer()

    const { text: offered } = await visitor.get('/renew')
    assert.include(offered, 'value="quarterly"')
    assert.include(offered, '2.7 BNB')
    assert.include(offered, '90 days')
    assert.include(offered, 'Save 10%')

    await visitor.post('/renew', { plan: 'quarterly' })
    const quote = await PaymentQuote.findByOrFail('user_id', user.id)
    assert.deepEqual([quote.plan, quote.price], ['quarterly', QUARTERLY.price])

    const { text: toPay } = await visitor.get('/renew')
    await chain.pay(addressOn(toPay), QUARTERLY.price)
    await chain.finalize()
    await untilCredited(user.id)

    const { plan } = await Entitlement.findOrFail(user.id)
    await quote.refresh()
    assert.deepEqual([plan, quote.state], ['quarterly', 'filled'])
    assert.deepEqual([quote.spent, quote.grantedMs], [QUARTERLY.price, QUARTERLY.lengthMs])
    const [byMonth, byQuarter] = await EntitlementChange.query().orderBy('id')
    assert.deepEqual([byMonth!.plan, byQuarter!.plan], ['monthly', 'quarterly'])
    assert.equal(byQuarter!.endsAfter - byMonth!.endsAfter, 9 * DAY_MS)
  })
})
