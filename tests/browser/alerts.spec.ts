import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import type { Page } from 'playwright'
import { loginLimit } from '#config/limiter'
import webPushConfig from '#config/web_push'
import WebPushSubscription from '#models/web_push_subscription'
import { newServerSecret, ServerKey } from '#web_push/message/server_key'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { injectWallet } from '#tests/support/injected_wallet'
import { setWhile } from '#tests/support/settings'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'

const shown = (page: Page): Promise<string[]> => page.evaluate('window.shown')

test.group('Alerts in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('a starred token is announced in one of all tabs, and stands under Watched', async ({
    browserContext,
    assert,
  }) => {
    const mine = { token_address: TOKEN, symbol: 'MINE', name: 'MINE' }
    await storeLaunch(mine)
    await injectWallet(browserContext, 'Wallet')
    await browserContext.grantPermissions(['notifications'])
    await browserContext.addInitScript(`
      window.shown = []
      class Shown { constructor(title) { window.shown.push(title) } }
      Shown.permission = 'granted'
      Shown.requestPermission = async () => 'granted'
      window.Notification = Shown`)
    const page = await browserContext.newPage()
    await page.goto(appUrl('/login?next=/alerts'))
    await page.click('button.wallet')
    await page.waitForURL('**/alerts')
    await page.click('[data-alert=notifies]')

    await page.goto(appUrl('/'))
    await page.click('article [data-watch][aria-pressed=false]')
    await page.locator('article [data-watch][aria-pressed=true]').waitFor()
    // Rows wait while the list has pointer or focus.
    await page.mouse.move(0, 0)
    await page.goto(appUrl('/'))
    const second = await browserContext.newPage()
    await second.goto(appUrl('/?stage=watched'))
    for (const tab of [page, second]) {
      await tab.locator(':is([data-status=live], [data-status=unread])').waitFor()
    }
    const now = Date.now()
    await storeLaunch({ symbol: 'OTHER', event_time: now })
    const id = await storeLaunch({ ...mine, kind: 'graduated', event_time: now })

    for (const tab of [page, second]) await tab.locator(`[data-launch="${id}"]`).waitFor()
    await page.locator('text=OTHER').waitFor()
    await page.waitForFunction(`navigator.locks.request('regou-announced', () => true)`)
    const announced = [...(await shown(page)), ...(await shown(second))]
    assert.deepEqual(announced, ['MINE'])
    assert.equal(await second.locator('text=OTHER').count(), 0)
  })

  test('what is pushed is shown by a worker that lives for this page alone', async ({
    browserContext,
    assert,
  }) => {
    const page = await browserContext.newPage()
    await page.goto(appUrl('/login?next=/alerts'))
    const registering = browserContext.waitForEvent('serviceworker')
    await page.evaluate(`navigator.serviceWorker.register('/push_worker.js', { scope: '/alerts' })`)
    const worker = await registering
    const data = { title: 'MINE', body: '▲Graduated', url: `/tokens/${TOKEN}`, tag: 'one' }
    // A browser without a screen lets no page notify: the last step is only watched.
    const notified = await worker.evaluate((text) => {
      const scope = globalThis as any
      return new Promise((resolve) => {
        scope.registration.showNotification = async (title: string, options: object) =>
          resolve({ title, ...options })
        scope.dispatchEvent(new scope.PushEvent('push', { data: text }))
      })
    }, JSON.stringify(data))

    const { url, ...text } = data
    assert.containsSubset(notified, { ...text, data: { url } })
    assert.isNull(await page.evaluate('navigator.serviceWorker.controller'))
  })

  test('a browser whose push service is out of reach says so, and stays off', async (ctx) => {
    const key = new ServerKey(newServerSecret(), 'mailto:you@example.com')
    setWhile(ctx.test, webPushConfig, { key })
    await injectWallet(ctx.browserContext, 'Wallet')
    await ctx.browserContext.grantPermissions(['notifications'])
    const page = await ctx.browserContext.newPage()
    await page.goto(appUrl('/login?next=/alerts'))
    await page.click('button.wallet')
    await page.waitForURL('**/alerts')
    await page.click('[data-push]')

    await page.locator('[data-push-problem]').waitFor()
    ctx.assert.isFalse(await page.locator('[data-push]').isChecked())
    ctx.assert.lengthOf(await WebPushSubscription.all(), 0)
  })
})
