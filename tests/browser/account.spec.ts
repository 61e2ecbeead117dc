import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import Subscription from '#models/subscription'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { injectWallet } from '#tests/support/injected_wallet'

const IN_WECHAT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50'

test.group('An account in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('one of two wallets logs in, a switch is turned off, and the session ended', async ({
    browserContext,
    visit,
    assert,
  }) => {
    await injectWallet(browserContext, 'First Wallet')
    const second = await injectWallet(browserContext, 'Second Wallet')
    const page = await visit('/')

    await page.click('header a[href="/login"]')
    await page.click('button.wallet:has-text("Second Wallet")')
    await page.waitForURL('**/user-center')
    await page.assertTextContains('[data-account]', second.address)

    await page.uncheck('input[value="four.created"]')
    await page.click('#switches button')
    await page.locator('#switches [role=status]').waitFor()
    assert.isFalse(await page.isChecked('input[value="four.created"]'))
    const left = await Subscription.query().where('source', 'four')
    assert.deepEqual(
      left.map(({ kind }) => kind),
      ['graduated']
    )

    await page.click('form[action="/logout"] button')
    await page.locator('header a[href="/login"]').waitFor()
    await page.goto(appUrl('/login'))
    await page.assertText('button.wallet >> nth=0', 'Second Wallet')
  })

  test('a wallet that declines is offered again', async ({ browserContext, visit, assert }) => {
    await browserContext.addInitScript({
      content: `window.ethereum = { request: async () => { throw { code: 4001 } } }`,
    })
    const page = await visit('/login')

    await page.click('button.wallet')

    await page.locator('[data-progress][data-problem]:has-text("取消")').waitFor()
    assert.isTrue(await page.isEnabled('button.wallet'))
  })

  test('a wallet that never answers can be given up', async ({ browserContext, visit, assert }) => {
    await browserContext.addInitScript({
      content: 'window.ethereum = { request: () => new Promise(() => {}) }',
    })
    const page = await visit('/login')

    await page.click('button.wallet')
    assert.isTrue(await page.isDisabled('button.wallet'))
    await page.click('[data-cancel]')

    assert.isTrue(await page.isEnabled('button.wallet'))
    assert.isFalse(await page.isVisible('[data-cancel]'))
  })

  test('a wallet that is switched to another account is told so, and the session goes on', async ({
    browserContext,
    visit,
    browser,
    assert,
  }) => {
    const first = await injectWallet(browserContext, 'Wallet')
    const page = await visit('/login')
    await page.click('button.wallet')
    await page.waitForURL('**/user-center')
    assert.isFalse(await page.isVisible('[data-other-account]'))

    const switched = await browser.newContext({ storageState: await browserContext.storageState() })
    await injectWallet(switched, 'Wallet')
    const other = await switched.newPage()
    await other.goto(appUrl('/user-center'))

    await other.locator('[data-other-account]').waitFor()
    assert.include((await other.textContent('[data-account]'))!, first.address)
    await switched.close()
  })

  test('WeChat’s browser is shown the way to one with a wallet', async ({ browser, assert }) => {
    const context = await browser.newContext({ userAgent: IN_WECHAT, locale: 'zh-CN' })
    const page = await context.newPage()

    await page.goto(appUrl('/login'))
    await page.locator('[data-no-wallet]').waitFor()

    assert.isTrue(await page.isVisible('[data-in-wechat]'))
    const links = await page
      .locator('[data-no-wallet] a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    const metaMask = /^https:\/\/link\.metamask\.io\/dapp\/[^/]+\/login$/
    assert.isTrue(links.some((link) => metaMask.test(link!)))
    assert.isAbove(links.length, 1)
    await context.close()
  })

  test('the user center works without JavaScript', async ({
    browserContext,
    visit,
    browser,
    assert,
  }) => {
    await injectWallet(browserContext, 'Wallet')
    const logged = await visit('/login')
    await logged.click('button.wallet')
    await logged.waitForURL('**/user-center')
    const state = await browserContext.storageState()

    const context = await browser.newContext({ storageState: state, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(appUrl('/user-center'))
    await page.fill('#tokens input[name=name]', 'bot')
    await page.click('#tokens form[action$=tokens] button')

    assert.match((await page.textContent('.secret code'))!, /^regou_/)
    await context.close()
  })
})
