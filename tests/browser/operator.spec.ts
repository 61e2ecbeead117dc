import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { injectWallet } from '#tests/support/injected_wallet'
import { makeOperator } from '#tests/support/operator'

test.group('The operator’s pages in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  test('an endpoint is disabled with the keyboard alone', async ({
    browserContext,
    visit,
    assert,
  }) => {
    makeOperator(await injectWallet(browserContext, 'Operator’s Wallet'))
    const endpoint = await storeEndpoint('https://192.88.98.1/hooks')
    const page = await visit(`/login?next=/operator/webhooks/${endpoint.id}`)
    await page.click('button.wallet')
    await page.waitForURL(`**/operator/webhooks/${endpoint.id}`)

    await page.focus('#service summary')
    for (const key of ['Enter', 'Tab']) await page.keyboard.press(key)
    await page.keyboard.type('搬家')
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key)
    await page.locator('.chip[data-state=disabled]').waitFor()

    await endpoint.refresh()
    assert.equal(endpoint.detail, '搬家')
  })
})
