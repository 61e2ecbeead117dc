import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import User from '#models/user'
import { queueFilled } from '#verification/jobs/queue_filled'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { injectWallet } from '#tests/support/injected_wallet'
import { faultsOf } from '#tests/support/looks/page_looks'
import { makeOperator } from '#tests/support/operator'
import { storeOkxAccount, storeOrder } from '#tests/support/orders'
import { filledOrder, NEVER, newVerifier } from '#tests/support/verification'

test.group('Orders in a browser', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('are easy to read and to use, and a toast says that one was verified', async ({
    browserContext,
    visit,
    assert,
  }) => {
    const wallet = await injectWallet(browserContext, 'Wallet')
    makeOperator(wallet)
    const page = await visit('/login?next=/orders')
    await page.click('button.wallet')
    await page.waitForURL(appUrl('/orders'))
    const faults = await faultsOf(page, 'orders-empty')

    const user = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
    const { clock, account, order, ask } = await filledOrder({ ownerId: user.id })
    await storeOrder(account, { ordId: '2', status: 'failed', reason: 'canceled', side: 'sell' })
    const operators = await storeOkxAccount({ uid: '9', label: 'Pool', connection: 'waiting' })
    await storeOrder(operators, { ordId: '3', status: 'confirmed', venueState: 'live' })
    await queueFilled(clock)
    const list = page.locator(`[data-order="${order.id}"]`)
    await list.waitFor()

    const { verifier } = await newVerifier(clock, ask)
    await verifier.workOnNext(NEVER)
    await page.locator('.toasts .notice').waitFor()
    await list.locator('[data-state=done]').waitFor()

    faults.push(...(await faultsOf(page, 'orders')))
    await page.goto(appUrl(`/orders/${order.id}`))
    faults.push(...(await faultsOf(page, 'order')))
    await page.goto(appUrl('/operator/orders'))
    faults.push(...(await faultsOf(page, 'operator-orders')))
    assert.deepEqual(faults, [])
  })
})
