import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { parseEther } from 'viem'
import { loginLimit } from '#config/limiter'
import DepositAddress from '#models/deposit_address'
import UnconfirmedDeposit from '#models/unconfirmed_deposit'
import Entitlement from '#models/entitlement'
import PaymentQuote from '#models/payment_quote'
import { startBilling, XPUB } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { injectWallet } from '#tests/support/injected_wallet'
import { faultsOf } from '#tests/support/looks/page_looks'
import { storeCoinPrice } from '#tests/support/market'
import { receiveWith } from '#tests/support/pay_page'

const DAY_MS = 86_400_000
const BNB = parseEther('1')

/** A quote that has come this far; of one that is paid the plan runs on. */
async function bringTo(columns: Partial<PaymentQuote>) {
  const quote = await PaymentQuote.firstOrFail()
  await quote.merge(columns).save()
  if (!columns.received) return

  const endsAt = Date.now() + 30 * DAY_MS
  const entitlement = { plan: 'monthly' as const, credit: 0n, endsAt, updatedAt: 0 }
  await Entitlement.updateOrCreate({ userId: quote.userId }, entitlement)
}

const STAGES: Record<string, () => Promise<unknown>> = {
  waiting: () => bringTo({}),
  underpaid: () => bringTo({ received: BNB / 3n }),
  credited: () => bringTo({ received: BNB, state: 'filled' }),
  overpaid: () => bringTo({ received: (BNB * 3n) / 2n, state: 'filled' }),
  late: () => bringTo({ received: 0n, state: 'open', expiresAt: Date.now() - DAY_MS }),
  seen: async () => {
    const { id } = await DepositAddress.query().whereNotNull('user_id').firstOrFail()
    const blocks = { fromBlock: 100, finalBlock: 102, blockNumber: 108 }
    await UnconfirmedDeposit.create({ addressId: id, amount: BNB / 3n, createdAt: 0, ...blocks })
  },
}

test.group('The stages of paying, as they are looked at', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('each is easy to read and to use, on a phone and at a desk, in both languages', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    // No watcher runs: the stages are what the test stores.
    const { chain } = await startBilling(self)
    receiveWith(self, { endpoints: [chain.url], xpub: XPUB })
    await storeCoinPrice(String(parseEther('612')))
    await injectWallet(browserContext, 'Wallet')
    const page = await visit('/renew')
    await page.click('button.wallet')
    await page.locator('button[value=yearly]').waitFor()
    const faults = await faultsOf(page, 'renew-plans')
    await page.click('button[value=monthly]')

    for (const [stage, bring] of Object.entries(STAGES)) {
      await bring()
      faults.push(...(await faultsOf(page, `renew-${stage}`, `[data-stage=${stage}]`)))
    }
    assert.deepEqual(faults, [])
  })

  test('where nothing can be paid, that is said: {$self}')
    .with(['not_set_up', 'chain_unreachable'])
    .run(async ({ browserContext, visit, assert, test: self }, why) => {
      const xpub = why === 'not_set_up' ? undefined : XPUB
      receiveWith(self, { xpub, collectWallet: undefined, endpoints: ['http://127.0.0.1:9'] })
      await injectWallet(browserContext, 'Wallet')
      const page = await visit('/renew')
      await page.click('button.wallet')
      await page.waitForURL('**/renew')

      assert.deepEqual(await faultsOf(page, `renew-${why}`, '.notice'), [])
    })
})
