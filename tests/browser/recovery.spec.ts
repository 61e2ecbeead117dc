import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { parseEther } from 'viem'
import type { Page } from 'playwright'
import { loginLimit } from '#config/limiter'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { injectWallet } from '#tests/support/injected_wallet'
import { beginAnew } from '#tests/support/new_database'
import { startPaying } from '#tests/support/pay_page'
import { ReverseProxy } from '#tests/support/reverse_proxy'
import { isOnPostgres, PostgresProxy } from '#tests/support/postgres_proxy'
import { WebProcess } from '#tests/support/web_process'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'

const isLive = (page: Page) =>
  page.locator(':is([data-status=live], [data-status=unread])').waitFor()
const isLost = (page: Page) => page.locator('[data-status=lost]').waitFor()

test.group('A page that stays open', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('goes on after the application was started anew behind a proxy, without a gap', async ({
    visit,
    assert,
    cleanup,
    test: self,
  }) => {
    const before = await storeLaunch()
    const web = await WebProcess.start()
    cleanup(() => void web.stop())
    const proxy = await ReverseProxy.start(self, web.url)
    const page = await visit(proxy.url('/'))
    await isLive(page)

    await web.stop()
    await proxy.hasAnswered('/live', 502, 2)
    await isLost(page)
    const meanwhile = await storeLaunch()
    const next = await WebProcess.start()
    cleanup(() => void next.stop())
    proxy.target = next.url

    await page.locator(`[data-launch="${meanwhile}"]`).waitFor()
    await isLive(page)
    const afterwards = await storeLaunch()
    await page.locator(`[data-launch="${afterwards}"]`).waitFor()
    const rows = await page.locator('[data-launch]').evaluateAll((all) => {
      return all.map((row) => Number(row.getAttribute('data-launch')))
    })
    assert.deepEqual(rows, [afterwards, meanwhile, before])
  })

  test('about one token says that it is cut off, and gets its trades when it no longer is', async ({
    visit,
    assert,
    test: self,
  }) => {
    await storeLaunch({ token_address: TOKEN })
    const proxy = await ReverseProxy.start(self, appUrl('/'))
    const page = await visit(proxy.url(`/tokens/${TOKEN}`))
    await isLive(page)

    proxy.loseApplication()
    await proxy.hasAnswered('/live', 502)
    await isLost(page)
    const trade = await storeTrade({ token_address: TOKEN })
    proxy.findApplication()

    await page.locator(`[data-trade="${trade}"]`).waitFor()
    await isLive(page)
    assert.isFalse(await page.isVisible('[data-status=lost]'))
  })

  test('with a payment under way says that it is cut off, and shows what came in when it no longer is', async ({
    browserContext,
    visit,
    assert,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    await injectWallet(browserContext, 'Wallet', { chain })
    const login = await visit('/renew')
    await login.click('button.wallet')
    await login.click('button[value=monthly]')
    await login.locator('[data-stage=waiting]').waitFor()
    await login.close()
    const proxy = await ReverseProxy.start(self, appUrl('/'))
    const page = await visit(proxy.url('/renew'))
    await proxy.hasAnswered('/renew/live', 200)
    assert.isFalse(await page.isVisible('[data-lost]'))

    proxy.loseApplication()
    await proxy.hasAnswered('/renew/live', 502)
    await page.locator('[data-lost]:has-text("连接已断开")').waitFor()
    const to = (await page.getAttribute('[data-pay]', 'data-to')) as `0x${string}`
    await chain.pay(to, parseEther('1'))
    await chain.finalize()
    proxy.findApplication()

    await page.locator('[data-stage=credited]').waitFor()
    assert.isFalse(await page.isVisible('[data-lost]'))
  })

  test('is loaded anew when its session is over, so that its reader can log in again', async ({
    browserContext,
    visit,
    test: self,
  }) => {
    const { chain } = await startPaying(self)
    await injectWallet(browserContext, 'Wallet', { chain })
    const page = await visit('/renew')
    await page.click('button.wallet')
    await page.click('button[value=monthly]')
    await page.locator('[data-stage=waiting]').waitFor()
    const proxy = await ReverseProxy.start(self, appUrl('/'))
    await page.goto(proxy.url('/renew'))
    await proxy.hasAnswered('/renew/live', 200)

    await browserContext.clearCookies()
    proxy.loseApplication()
    proxy.findApplication()

    await page.waitForURL('**/login?next=%2Frenew')
  })

  test('is loaded anew when a new database has taken the place of the one that it came from', async ({
    visit,
    test: self,
  }) => {
    for (let count = 0; count < 3; count++) await storeLaunch()
    const proxy = await ReverseProxy.start(self, appUrl('/'))
    const page = await visit(proxy.url('/'))
    await isLive(page)

    proxy.loseApplication()
    await beginAnew()
    await storeLaunch({ symbol: 'ANEW' })
    proxy.findApplication()

    await page.locator('[data-launch="1"]:has-text("ANEW")').waitFor()
    await page.assertElementsCount('[data-launch]', 1)
    await isLive(page)
    const id = await storeLaunch()
    await page.locator(`[data-launch="${id}"]`).waitFor()
  })

  if (isOnPostgres) {
    test('goes on after PostgreSQL was away, without a proxy and without a gap', async ({
      visit,
      assert,
      cleanup,
    }) => {
      const proxy = await PostgresProxy.start()
      const web = await WebProcess.start({ DATABASE_URL: proxy.url })
      cleanup(() => void web.stop())
      const page = await visit(`${web.url}/`)
      await isLive(page)

      proxy.cut()
      const refused = await page.waitForResponse((answer) => answer.url().includes('/live?'))
      assert.deepInclude(await refused.allHeaders(), { 'retry-after': '5' })
      await isLost(page)
      const meanwhile = await storeLaunch()
      await proxy.restore()

      await page.locator(`[data-launch="${meanwhile}"]`).waitFor()
      await isLive(page)
    })
  }
})
