import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { parseEther } from 'viem'
import { systemClock } from '#foundation/clock'
import { depositAddressOf } from '#billing/addresses/deposit_address'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { loginLimit, newAddressLimit } from '#config/limiter'
import DepositAddress from '#models/deposit_address'
import UnconfirmedDeposit from '#models/unconfirmed_deposit'
import Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'
import { emptyDatabase } from '#tests/support/database'
import {
  addressOn,
  OpenPayPage,
  payer,
  receiveWith,
  stageOn,
  startPaying,
} from '#tests/support/pay_page'
import { Visitor } from '#tests/support/visitor'
import { XPUB } from '#tests/support/billing'

const BNB = parseEther('1')

test.group('The pay page', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('asks a visitor to log in, and brings them back', async ({ assert }) => {
    const page = await new Visitor().get('/renew')

    assert.equal(page.location, '/login?next=%2Frenew')
  })

  test('names amount, chain and address of a chosen plan, and has the address watched', async ({
    assert,
    test: self,
  }) => {
    await startPaying(self)
    const { visitor, user } = await payer()

    const choice = await visitor.post('/renew', { plan: 'yearly' })
    const page = await visitor.get('/renew')

    assert.equal(choice.location, '/renew#pay')
    assert.equal(stageOn(page.text), 'waiting')
    assert.include(page.text, '9.7333 BNB')
    assert.include(page.text, 'BNB Smart Chain (BEP-20), chain ID 56')
    const address = await DepositAddress.findByOrFail('user_id', user.id)
    assert.equal(addressOn(page.text), address.address)
    assert.isAbove(address.watchedUntil, systemClock.now())
  })

  test('gives no address to one more new account of a visitor who has opened too many', async ({
    assert,
    test: self,
    cleanup,
  }) => {
    await startPaying(self)
    const [known, fresh] = [await payer(), await payer()]
    await known.visitor.get('/renew')
    const addresses = limiter.use(newAddressLimit)
    await addresses.block('address:127.0.0.1', '1 minute')
    cleanup(() => addresses.clear())

    const [again, refused] = [await known.visitor.get('/renew'), await fresh.visitor.get('/renew')]
    assert.deepEqual([again.status, refused.status], [200, 429])
    assert.isNull(await DepositAddress.findBy('user_id', fresh.user.id))
  })

  test('an unknown plan is refused', async ({ assert }) => {
    const { visitor } = await payer()

    const choice = await visitor.post('/renew', { plan: 'lifetime' })

    assert.equal(choice.status, 422)
    assert.isEmpty(await PaymentQuote.all())
  })

  test('follows a payment: waiting, seen, and credited once it is final, on every device', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { visitor, wallet } = await payer()
    const { visitor: phone } = await payer(wallet)
    await visitor.post('/renew', { plan: 'monthly' })
    const page = await visitor.get('/renew')
    const [tab, other] = [
      await OpenPayPage.open(self, visitor),
      await OpenPayPage.open(self, phone),
    ]
    await tab.until('waiting')

    await chain.payByContract(addressOn(page.text), BNB)
    const seen = await tab.until('seen')
    assert.include(seen, '1 BNB is on its way: 0 of')
    assert.notInclude(seen, 'data-pay')
    assert.isEmpty(await Payment.all())

    await chain.finalize()
    const credited = await tab.until('credited')
    assert.include(credited, '1 BNB has come in. Your plan runs until')
    assert.equal(await other.until('credited'), credited)
    const reloaded = await phone.get('/renew')
    assert.equal(stageOn(reloaded.text), 'credited')
    assert.isEmpty(await UnconfirmedDeposit.all())
  })

  test('has the watcher poll at once, before its next poll is due', async ({ test: self }) => {
    const { chain, chainId, endpoints, clock } = await startPaying(self, 3_600_000)
    const { visitor, user } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })
    const key = new ExtendedKey(XPUB)
    const to = await depositAddressOf(user.id, { chainId, key, endpoints, clock })
    await chain.pay(to.address, BNB)
    await chain.finalize()

    const tab = await OpenPayPage.open(self, visitor)

    await tab.until('credited')
  })

  test('what a reorg takes back before it is final was only seen', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { visitor } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })
    const page = await visitor.get('/renew')
    const tab = await OpenPayPage.open(self, visitor)
    const before = await chain.client.snapshot()

    await chain.pay(addressOn(page.text), BNB)
    await tab.until('seen')
    await chain.client.revert({ id: before })
    await tab.until('waiting')

    assert.isEmpty(await Payment.all())
  })

  test('of a part it says what is still due, and of more what that has bought', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { visitor } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })
    const page = await visitor.get('/renew')
    const tab = await OpenPayPage.open(self, visitor)

    await chain.pay(addressOn(page.text), parseEther('0.4'))
    await chain.finalize()
    const part = await tab.until('underpaid')
    assert.include(part, 'Still due: 0.6 BNB')
    assert.include(part, `data-request="${parseEther('0.6')}"`)

    await chain.pay(addressOn(page.text), parseEther('0.75'))
    await chain.finalize()
    const more = await tab.until('overpaid')
    assert.include(more, '1.15 BNB has come in, 0.15 BNB more than the price')
  })

  test('what comes after the price has run out is credited all the same', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { visitor } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })
    await PaymentQuote.query().update({ expires_at: 1000 })
    const page = await visitor.get('/renew')
    assert.equal(stageOn(page.text), 'late')
    const tab = await OpenPayPage.open(self, visitor)

    await chain.pay(addressOn(page.text), BNB)
    await chain.finalize()
    const credited = await tab.until('late', 'Credited')

    assert.match(credited, />1 BNB<[^]*until /)
  })

  test('with one wallet for all it says from which wallet to pay', async ({
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    receiveWith(self, { xpub: undefined, collectWallet: chain.payers[5] })
    const { visitor, wallet } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })

    const page = await visitor.get('/renew')

    assert.equal(addressOn(page.text), chain.payers[5])
    assert.include(
      page.text,
      `Pay from the wallet that you logged in with, ${wallet.address.slice(0, 6)}`
    )
  })

  test('says that nothing can be paid: {words}')
    .with([
      { settings: { xpub: undefined, collectWallet: undefined }, words: 'Payments are not set up' },
      {
        settings: { xpub: XPUB, endpoints: ['http://127.0.0.1:9'] },
        words: 'The chain cannot be reached',
      },
    ])
    .run(async ({ assert, test: self }, { settings, words }) => {
      receiveWith(self, settings)
      const { visitor } = await payer()

      const page = await visitor.get('/renew')

      assert.equal(page.status, 503)
      assert.include(page.text, words)
    })

  test('offers nothing of the demo', async ({ assert, test: self }) => {
    await startPaying(self)
    const { visitor } = await payer()
    await visitor.post('/renew', { plan: 'monthly' })

    const page = await visitor.get('/renew')
    const payment = await visitor.post('/demo/payments', { way: 'account' })
    const wallet = await visitor.post('/demo/wallet', { method: 'eth_accounts' })

    assert.notMatch(page.text, /data-demo-wallet|\/demo\//)
    assert.deepEqual([payment.status, wallet.status], [404, 404])
  })
})
