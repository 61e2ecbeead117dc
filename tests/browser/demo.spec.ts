import { test } from '@japa/runner'
import { freePort } from '#demo/processes/ports'
import { RunningProcess } from '#tests/support/processes'

test.group('The demo in a browser', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  test('a visitor without a wallet logs in with the demo’s, and pays from an account and a contract', async ({
    browserContext,
    test: self,
  }) => {
    const port = await freePort()
    const demo = new RunningProcess(self, ['ace.js', 'demo'], { PORT: String(port) })
    const [, url] = await demo.prints(/log in at (\S+) with the demo wallet/)
    const page = await browserContext.newPage()

    await page.goto(url!)
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
  })
})
