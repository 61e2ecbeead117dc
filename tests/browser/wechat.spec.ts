import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import wechatConfig from '#config/wechat'
import { loginLimit } from '#config/limiter'
import { systemClock } from '#foundation/clock'
import User from '#models/user'
import { LoginFollower } from '#wechat/binding/login_follower'
import { ILinkClient } from '#wechat/ilink/client'
import { Random } from '#demo/market/random'
import { startPlayPhone } from '#demo/wechat/play_phone'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'
import { ilinkClient } from '#tests/support/ilink'
import { injectWallet } from '#tests/support/injected_wallet'
import { faultsIn } from '#tests/support/looks/page_looks'
import { givePro } from '#tests/support/plans'
import { setWhile } from '#tests/support/settings'
import { storeBinding } from '#tests/support/wechat_bindings'
import { startWechat } from '#tests/support/wechat_process'

const MINUTE = 60_000

const CONTRACT = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'

test.group('WeChat in a browser, with the play phone', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('a user binds, chats and is told of a launch: {locale}, {width} wide')
    .with([
      { locale: 'zh-CN', width: 390, theme: 'light', bound: '已绑定', told: /毕业/ },
      { locale: 'en', width: 1280, theme: 'dark', bound: 'Bound', told: /graduated/i },
    ] as const)
    .run(async ({ assert, browser, test: self }, { locale, width, theme, bound, told }) => {
      const server = await startPlayPhone(systemClock, new Random(1))
      self.cleanup(() => server.stop())
      setWhile(self, wechatConfig, { isEnabled: true })
      const client = ilinkClient(server)
      const logger = await app.container.make('logger')
      const follower = new LoginFollower({ client, logger, clock: systemClock })
      app.container.swap(ILinkClient, () => client)
      app.container.swap(LoginFollower, () => follower)
      self.cleanup(async () => {
        app.container.restoreAll([ILinkClient, LoginFollower])
        await follower.stop()
      })
      const wechat = startWechat(server)
      const context = await browser.newContext({
        locale,
        viewport: { width, height: 844 },
        colorScheme: theme,
      })
      self.cleanup(() => context.close())
      await injectWallet(context, 'Wallet')

      const page = await context.newPage()
      await page.goto(appUrl('/login?next=%2Fwechat%2Fdirect'))
      await page.click('button.wallet')
      await page.waitForURL('**/wechat/direct')
      await page.click('form[action="/wechat/direct/login"] button')
      await page.locator('[data-seconds]').waitFor()
      const phone = await context.newPage()
      await phone.goto(server.url)
      await phone.click('button[name=scan]')
      await phone.click('button[name=confirm]')
      await page.locator('[data-stage=waiting]').waitFor()

      await phone.fill('#say input', '/start')
      await phone.click('#say button')
      await phone.locator('li[data-by=bot]').waitFor()
      await page.locator('[data-outlook]').waitFor()
      const { id } = await User.firstOrFail()
      await givePro(id)
      const at = systemClock.now()
      await storeLaunch({
        kind: 'graduated',
        token_address: CONTRACT,
        event_time: at,
        created_at: at,
      })
      const message = phone.locator(`li[data-by=bot]:has-text("${CONTRACT}")`)
      await message.waitFor()
      assert.match((await message.textContent())!, told)
      assert.include(await page.locator('[data-wechat]').textContent(), bound)
      // The page loads itself again with each change, so it is looked at when there are no more.
      await wechat.stop()
      await page.close()
      const settled = await context.newPage()
      await settled.goto(appUrl('/wechat/direct'))
      const faults = [
        ...(await faultsIn(settled, `binding-${locale}`)),
        ...(await faultsIn(phone, `phone-${locale}`)),
      ]
      assert.deepEqual(faults, [])
    })

  test('a page that is left open says so when the window ends', async ({
    browserContext,
    assert,
  }) => {
    await injectWallet(browserContext, 'Wallet')
    const page = await browserContext.newPage()
    await page.goto(appUrl('/login?next=%2Fwechat%2Fdirect'))
    await page.click('button.wallet')
    await page.waitForURL('**/wechat/direct')
    const { id: userId } = await User.firstOrFail()
    // An open page would load itself again when the binding is stored.
    await page.goto('about:blank')
    const wroteBefore = (minutes: number) => ({
      lastInboundAt: systemClock.now() - minutes * MINUTE,
    })
    const binding = await storeBinding({ userId, inboundSeq: 1, ...wroteBefore(23 * 60) })

    await page.clock.install()
    await page.goto(appUrl('/wechat/direct'))
    await page.locator('[data-reloads]').waitFor()
    await binding.merge(wroteBefore(24 * 60)).save()
    await page.clock.fastForward(61 * MINUTE)
    await page.locator('[data-outlook]:not(:has([data-reloads]))').waitFor()

    assert.include(await page.locator('[data-outlook]').textContent(), '窗口已结束')
  })
})
