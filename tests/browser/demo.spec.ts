import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { freePort } from '#demo/processes/ports'
import { until } from '#tests/support/delivery'
import { pidsOf, startDemo } from '#tests/support/demo'
import { isAlive } from '#tests/support/processes'

test.group('The demo in a browser', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('a second one in its folder is refused, a visitor without a wallet logs in and pays, and nothing outlives it when it is killed', async ({
    browserContext,
    assert,
    test: self,
  }) => {
    const port = await freePort()
    const demo = startDemo(self, port)
    await demo.prints(/chain +\| started/)
    const second = startDemo(self, port)
    assert.equal(await second.ended, 1)
    assert.match(
      second.output,
      /A demo with port \d+ is starting or running in this folder already/
    )
    assert.deepEqual(pidsOf(second), [])

    const [, url] = await demo.prints(/log in at (\S+) with the demo wallet/)
    const page = await browserContext.newPage()
    await page.goto(url!)
    await payFromAccountAndContract(page)

    const pids = pidsOf(demo)
    demo.kill('SIGKILL')
    await until(async () => !pids.some(isAlive))
  })
})

/** Logs in with the wallet that the demo lends, which pays for it. */
async function payFromAccountAndContract(page: Page) {
  await page.click('button.wallet')
  await page.waitForURL('**/renew')
  await page.click('button[value=monthly]')
  await page.click('button[value=half]')
  await page.locator('[data-stage=underpaid]').waitFor()
  await page.click('button[value=contract]')
  await page.locator('[data-stage=credited]').waitFor()
  await page.click('button[value=yearly]')
  await page.click('[data-pay] button')
  await page.locator('[data-stage=credited]').waitFor()
}
