import { test } from '@japa/runner'
import { checkoutStatus, stillDue, type Checkout } from '#billing/checkout/checkout'
import UnconfirmedDeposit from '#models/unconfirmed_deposit'
import PaymentQuote from '#models/payment_quote'

const NOW = 1_790_000_000_000

function state(received: bigint, quote: Partial<PaymentQuote> = {}, isSeen = false): Checkout {
  const terms = { price: 100n, state: 'open' as const, expiresAt: NOW + 1, received, ...quote }
  return {
    quote: new PaymentQuote().merge(terms),
    unconfirmed: isSeen ? new UnconfirmedDeposit() : null,
    payments: [],
    endsAt: 0,
    credit: 0n,
  }
}

test.group('The stage of a payment', () => {
  test('{stage}')
    .with([
      { stage: 'waiting', of: state(0n) },
      { stage: 'underpaid', of: state(99n) },
      { stage: 'credited', of: state(100n, { state: 'filled' }) },
      { stage: 'overpaid', of: state(101n, { state: 'filled' }) },
      { stage: 'late', of: state(40n, { expiresAt: NOW }) },
      { stage: 'seen', of: state(40n, { expiresAt: NOW }, true) },
    ])
    .run(({ assert }, { stage, of }) => {
      assert.equal(checkoutStatus(of, NOW), stage)
    })

  test('what is still due is never less than nothing', ({ assert }) => {
    assert.equal(stillDue(state(99n)), 1n)
    assert.equal(stillDue(state(101n)), 0n)
  })
})
