import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import type { BrowserContext } from 'playwright'
import settings from '#config/health'
import webPushConfig from '#config/web_push'
import { loginLimit } from '#config/limiter'
import { watch } from '#chat/preferences/watches'
import { systemClock } from '#foundation/clock'
import { checkPush } from '#health/check_push'
import Payment from '#models/payment'
import User from '#models/user'
import { newServerSecret, ServerKey } from '#web_push/message/server_key'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { injectWallet } from '#tests/support/injected_wallet'
import { faultsOf } from '#tests/support/looks/page_looks'
import {
  fillAccount,
  givePlan,
  storeDeliveries,
  storeOutlook,
  storeToldBrowser,
} from '#tests/support/looks/full_pages'
import { keepMarkets, storeCoinPrice } from '#tests/support/market'
import { makeOperator } from '#tests/support/operator'
import { storePayment } from '#tests/support/payments'
import { setWhile } from '#tests/support/settings'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const CREATOR = '0x7c952063c7fc8610ffdb798152d69f0b9550762b'

/** A user who has logged in, on a page of the account. */
async function loggedIn(context: BrowserContext, path: string) {
  const wallet = await injectWallet(context, 'Wallet')
  makeOperator(wallet)
  const page = await context.newPage()
  await page.goto(appUrl(`/login?${new URLSearchParams({ next: path })}`))
  await page.click('button.wallet')
  await page.waitForURL(`**${path}`)
  return { page, user: await User.findByOrFail('wallet_address', wallet.address.toLowerCase()) }
}

test.group('Pages as they are looked at: easy to read and to use', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('the feed and a token, empty and full', async ({ visit, assert }) => {
    const page = await visit('/')
    const faults = await faultsOf(page, 'feed-empty')

    await storeLaunch({ token_address: TOKEN, name: '一个名字很长很长的代币'.repeat(5) })
    await storeLaunch({ kind: 'graduated', source: 'flap', name: 'Moon' })
    await storePool({ token_address: TOKEN, progress: '640000000000000000' })
    for (let count = 1; count <= 5; count++) {
      const time = 1_780_000_000_000 + count * 60_000
      const price = `${(count * 3) % 7}00000000000000`
      await storeTrade({ token_address: TOKEN, event_time: time, price })
    }
    await storeCoinPrice(`612${'3'.padEnd(18, '0')}`)
    await keepMarkets()
    faults.push(...(await faultsOf(page, 'feed', 'article')))
    const open = `addEventListener('load', () => document.querySelector('.filter-form')?.setAttribute('open', ''))`
    await page.addInitScript({ content: open })
    await page.goto(appUrl('/?age_min=1&currency=USD'))
    faults.push(...(await faultsOf(page, 'feed-figures', '.filter-form[open]')))
    await page.goto(appUrl(`/tokens/${TOKEN}`))
    faults.push(...(await faultsOf(page, 'token')))
    await page.click('a[href^="/creators/"]')
    faults.push(...(await faultsOf(page, 'creator')))

    assert.deepEqual(faults, [])
  })

  test('what is not there', async ({ visit, assert }) => {
    const page = await visit('/nothing-here')
    const faults = await faultsOf(page, 'not-found')
    await page.goto(appUrl(`/tokens/${TOKEN}`))
    faults.push(...(await faultsOf(page, 'unknown-token')))
    await page.goto(appUrl('/pay/used'))
    faults.push(...(await faultsOf(page, 'pay-used')))

    assert.deepEqual(faults, [])
  })

  test('what is offered, and what events look like', async ({ visit, assert }) => {
    await storeCoinPrice(`612${'3'.padEnd(18, '0')}`)
    const page = await visit('/pricing')
    const faults = await faultsOf(page, 'pricing')
    await page.goto(appUrl('/docs/events/trade.executed'))
    faults.push(...(await faultsOf(page, 'docs-event')))

    assert.deepEqual(faults, [])
  })

  test('logging in: without a wallet, with one, with several', async ({
    browser,
    browserContext,
    assert,
  }) => {
    const bare = await browserContext.newPage()
    await bare.goto(appUrl('/login'))
    const faults = await faultsOf(bare, 'login-no-wallet', '[data-no-wallet]:visible')

    const context = await browser.newContext()
    await injectWallet(context, 'First Wallet')
    const page = await context.newPage()
    await page.goto(appUrl('/login'))
    faults.push(...(await faultsOf(page, 'login-wallet', 'button.wallet')))
    await injectWallet(context, 'Second Wallet')
    faults.push(...(await faultsOf(page, 'login-wallets', 'button.wallet >> nth=1')))
    await context.close()

    assert.deepEqual(faults, [])
  })

  test('the user center, empty and full, with each kind of plan, and erasing it', async ({
    browserContext,
    assert,
  }) => {
    const { page, user } = await loggedIn(browserContext, '/user-center')
    const faults = await faultsOf(page, 'user-center-empty')
    await givePlan(user, { plan: 'trial' })
    faults.push(...(await faultsOf(page, 'user-center-trial')))
    await givePlan(user, { endsAt: 1000 })
    faults.push(...(await faultsOf(page, 'user-center-ended')))
    await givePlan(user)
    await fillAccount(user)
    faults.push(...(await faultsOf(page, 'user-center')))
    await storePayment(user.id)
    const { id: payment } = await Payment.findByOrFail('owner_id', user.id)
    await page.goto(appUrl(`/user-center/receipts/${payment}`))
    faults.push(...(await faultsOf(page, 'receipt')))
    await page.goto(appUrl('/user-center/erase'))
    faults.push(...(await faultsOf(page, 'erase')))

    assert.deepEqual(faults, [])
  })

  test('the page that binds WeChat, before, with messages held, and after', async ({
    browserContext,
    assert,
  }) => {
    const { page, user } = await loggedIn(browserContext, '/wechat/direct')
    const faults = await faultsOf(page, 'wechat')
    /** An open page would load itself again in the middle of what is done with it. */
    const afterwards = async <T>(change: () => Promise<T>) => {
      await page.goto('about:blank')
      const changed = await change()
      await page.goto(appUrl('/wechat/direct'))
      return changed
    }
    const binding = await afterwards(() => storeOutlook(user))
    faults.push(...(await faultsOf(page, 'wechat-bound', '[data-outlook]')))
    await afterwards(() => binding.merge({ status: 'expired', endedAt: Date.now() }).save())
    faults.push(...(await faultsOf(page, 'wechat-expired')))

    assert.deepEqual(faults, [])
  })

  test('alerts, and what is watched in the feed', async ({
    browserContext,
    assert,
    test: self,
  }) => {
    const key = new ServerKey(newServerSecret(), 'mailto:you@example.com')
    setWhile(self, webPushConfig, { key })
    const { page, user } = await loggedIn(browserContext, '/alerts')
    await storeToldBrowser(user.id, key)
    await storeLaunch({
      token_address: TOKEN,
      creator: CREATOR,
      name: '一个名字很长的代币'.repeat(5),
    })
    await storeLaunch({ creator: CREATOR, symbol: 'PEPE2' })
    const subjects = [TOKEN, CREATOR, someAddress(), 'pepe', '一个很长很长很长的词'.repeat(4)]
    for (const subject of subjects) await watch(user.id, subject, systemClock)
    const faults = await faultsOf(page, 'alerts')
    await page.goto(appUrl('/?stage=watched'))
    faults.push(...(await faultsOf(page, 'feed-watched', '[data-watch][aria-pressed=true]')))

    assert.deepEqual(faults, [])
  })

  test('the operator’s pages, empty and full', async ({ browserContext, assert }) => {
    const { page } = await loggedIn(browserContext, '/operator/webhooks')
    const faults = await faultsOf(page, 'endpoints-empty')
    const { endpoint, delivery } = await storeDeliveries()
    await storePayment(null)
    for (let check = 1; check <= 2; check++) await checkPush({ settings, clock: systemClock })
    faults.push(...(await faultsOf(page, 'endpoints', 'article')))

    const own = `/operator/webhooks/${endpoint}`
    const pages = {
      'endpoint': own,
      'endpoint-form': `${own}/edit`,
      'delivery': `${own}/deliveries/${delivery}`,
      'overview': '/operator',
      'payments': '/operator/payments',
    }
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(appUrl(path))
      faults.push(...(await faultsOf(page, name)))
    }
    assert.deepEqual(faults, [])
  })
})
