import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { loginLimit } from '#config/limiter'
import healthConfig from '#config/health'
import { systemClock } from '#foundation/clock'
import { checkPush } from '#health/check_push'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { injectWallet } from '#tests/support/injected_wallet'
import { faultsOf } from '#tests/support/looks/page_looks'
import { makeOperator } from '#tests/support/operator'
import { storeJobs } from '#tests/support/push_health'

const MINUTE = 60_000
const HEALTH = '/operator/health'

/** Launches, some of whose pushes did not arrive, and a scanner that has stopped. */
async function storeTrouble() {
  const at = Date.now() - 30 * MINUTE
  for (const source of ['four', 'flap']) {
    const id = await storeLaunch({ source, created_at: at, planned_at: at })
    const launch = { fact_type: 'launch', fact_id: id, event_type: 'launch.created' }
    await storeJobs(1, 'sent', at, { ...launch, target_id: 2 })
    await storeJobs(1, 'failed', at, launch)
  }
  await storeJobs(4, 'pending', at)
  await storeEndpoint('https://192.88.98.1/hooks', { failingSince: at })
  await db.table('scan_cursors').insert({
    name: 'chain:56',
    chain_id: 56,
    from_block: 1,
    block_number: 70_000_000,
    head_block: 70_000_012,
    updated_at: Date.now() - 3 * MINUTE,
  })
}

test.group('Push health in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('is easy to read, well and in trouble, and an alert is acknowledged with the keyboard alone', async ({
    browserContext,
    assert,
  }) => {
    makeOperator(await injectWallet(browserContext, 'Operator’s Wallet'))
    const page = await browserContext.newPage()
    await page.goto(appUrl(`/login?${new URLSearchParams({ next: HEALTH })}`))
    await page.click('button.wallet')
    await page.waitForURL(`**${HEALTH}`)
    const faults = await faultsOf(page, 'push-health-quiet', '[data-level=ok]')

    await storeTrouble()
    // The page is left open: it says so by itself.
    await page.locator('[data-level]:not([data-level=ok])').first().waitFor()
    const checking = { settings: healthConfig, clock: systemClock }
    await checkPush(checking)
    await checkPush(checking)
    faults.push(...(await faultsOf(page, 'push-health', '[data-level=critical]')))
    assert.deepEqual(faults, [])

    await page.focus('#alerts button')
    await page.keyboard.press('Enter')
    await page.locator('#alerts [role=status]').waitFor()
    assert.equal(await page.locator('#alerts button').count(), 0)
  })
})
