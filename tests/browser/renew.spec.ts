import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { parseEther } from 'viem'
import { loginLimit } from '#config/limiter'
import Payment from '#models/payment'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { injectWallet } from '#tests/support/injected_wallet'
import { receiveWith, startPaying } from '#tests/support/pay_page'

test.group('Paying in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('a user logs in, chooses a plan, pays with the wallet and sees it credited', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const wallet = await injectWallet(browserContext, 'Wallet', { chain })
    await chain.client.setBalance({ address: wallet.address, value: parseEther('2') })

    const page = await visit('/renew')
    await page.click('button.wallet')
    await page.waitForURL('**/renew')
    await page.click('button[value=monthly]')
    await page.locator('[data-stage=waiting]').waitFor()

    await page.click('[data-pay] button')
    await page.locator('[data-stage=seen]').waitFor()
    await chain.finalize()
    await page.locator('[data-stage=credited]').waitFor()

    assert.isFalse(await page.isVisible('[data-pay]'))
    const [payment] = await Payment.all()
    assert.equal(payment!.sender, wallet.address.toLowerCase())
    await page.goto(appUrl('/user-center'))
    await page.assertTextContains('#plan', '30')
  })

  test('a wallet without BNB says so, and nothing is sent', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    await injectWallet(browserContext, 'Empty', { chain })
    const page = await visit('/renew')
    await page.click('button.wallet')
    await page.click('button[value=monthly]')

    await page.click('[data-pay] button')

    await page.locator('[data-pay] [role=status]:has-text("余额可能不足")').waitFor()
    assert.isTrue(await page.isEnabled('[data-pay] button'))
  })

  test('of several wallets one is chosen, and each says which account would pay', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const first = await injectWallet(browserContext, 'First', { chain })
    const second = await injectWallet(browserContext, 'Second', { chain })
    await chain.client.setBalance({ address: first.address, value: parseEther('2') })
    const page = await visit('/renew')
    await page.click('button.wallet:has-text("Second")')
    await page.click('button[value=monthly]')

    const offered = page.locator('[data-pay] button')
    await offered.filter({ hasText: first.address.slice(-4) }).waitFor()
    const [lastUsed] = await offered.allTextContents()
    assert.match(lastUsed!, new RegExp(`Second.*${second.address.slice(-4)}`))
    await offered.filter({ hasText: 'First' }).click()
    await page.locator(`[role=status]:has-text("${first.address.slice(-4)}")`).waitFor()
    await page.locator('[data-stage=seen]').waitFor()
  })

  test('a wallet that stays on another chain pays nothing, and is told to switch', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    const { address } = await injectWallet(browserContext, 'Wallet', { chain, stays: true })
    await chain.client.setBalance({ address, value: parseEther('2') })
    const page = await visit('/renew')
    await page.click('button.wallet')
    await page.click('button[value=monthly]')

    await page.click('[data-pay] button')

    await page.locator('[data-pay] [role=status]:has-text("链 ID 56")').waitFor()
    assert.equal(await chain.client.getBalance({ address }), parseEther('2'))
  })

  test('where all pay at one wallet, only the account that logged in pays', async ({
    browserContext,
    visit,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    receiveWith(self, { xpub: undefined, collectWallet: chain.payers[5] })
    const own = await injectWallet(browserContext, 'Own')
    await injectWallet(browserContext, 'Other')
    const page = await visit('/renew')
    await page.click('button.wallet:has-text("Own")')
    await page.click('button[value=monthly]')

    await page.click('[data-pay] button:has-text("Other")')

    const told = `没有发送任何款项：钱包当前的账户不是登录的 ${own.address.slice(0, 6)}`
    await page.locator(`[data-pay] [role=status]:has-text("${told}")`).waitFor()
  })

  test('without JavaScript a reload shows the same', async ({
    browserContext,
    visit,
    browser,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    await injectWallet(browserContext, 'Wallet')
    const logged = await visit('/renew')
    await logged.click('button.wallet')
    await logged.waitForURL('**/renew')
    const state = await browserContext.storageState()
    const context = await browser.newContext({ storageState: state, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(appUrl('/renew'))

    await page.click('button[value=monthly]')
    await page.locator('[data-stage=waiting]').waitFor()
    const to = (await page.getAttribute('[data-pay]', 'data-to')) as `0x${string}`
    assert.isFalse(await page.isVisible('[data-pay]'))
    await logged.goto(appUrl('/renew'))
    await chain.pay(to, parseEther('0.25'))
    await chain.finalize()
    await logged.locator('[data-stage=underpaid]').waitFor()
    await page.reload()

    assert.equal((await page.textContent('[data-due]'))!, '0.75 BNB')
    assert.isTrue(await page.isVisible('[data-stage=underpaid]'))
    await context.close()
  })
})
