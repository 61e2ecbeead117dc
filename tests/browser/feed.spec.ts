import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const HOSTILE = '<script>document.title="stolen"</script>'

const liveMark = (page: Page) => page.locator('.live[data-when=live]')

test.group('Feed in a browser', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())

  test('a stored launch appears on the open page, a hostile name as mere text', async ({
    visit,
  }) => {
    const page = await visit('/')
    await liveMark(page).waitFor()

    const id = await storeLaunch({ symbol: HOSTILE, name: '\u202Eedoc' })

    const row = page.locator(`[data-launch="${id}"]`)
    await row.waitFor()
    await page.assertTextContains(`[data-launch="${id}"] h2 a`, HOSTILE)
    await page.assertTitleContains('Regou')
    await page.assertElementsCount('[data-rows] article', 1)
  })

  test('trades move the curve and the count of a row', async ({ visit }) => {
    await storeLaunch({ token_address: TOKEN })
    await storePool({ token_address: TOKEN, progress: '500000000000000000' })
    const page = await visit('/')
    await liveMark(page).waitFor()

    await storeTrade({ token_address: TOKEN })

    await page.locator('[data-trades="1"]').waitFor()
    await page.assertTextContains('[data-percent]', '50.0 %')
  })

  test('rows wait while the visitor points at the list, and come when asked for', async ({
    visit,
    assert,
  }) => {
    await storeLaunch()
    const page = await visit('/')
    await liveMark(page).waitFor()
    await page.hover('[data-rows] article')

    await storeLaunch({ symbol: 'LATER' })
    const counter = page.locator('[data-waiting]')
    await counter.waitFor()

    assert.include(await counter.textContent(), '1')
    await page.assertElementsCount('[data-rows] article', 1)
    await counter.click()
    await page.locator('text=LATER').waitFor()
  })

  test('trades appear on the open page of their token', async ({ visit }) => {
    await storeLaunch({ token_address: TOKEN })
    const page = await visit(`/tokens/${TOKEN}`)
    await liveMark(page).waitFor()

    const id = await storeTrade({ token_address: TOKEN, side: 'sell' })

    await page.locator(`[data-trade="${id}"]`).waitFor()
  })

  test('an address is copied, and that is said', async ({ visit, assert }) => {
    await storeLaunch({ token_address: TOKEN })
    const page = await visit('/')
    await page.evaluate(`document.execCommand = () => (copied = document.activeElement.value)`)
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`)

    await page.click('[data-copy]')

    await page.locator('[role=status]:has-text("已复制")').waitFor({ state: 'attached' })
    assert.equal(String(await page.evaluate('copied')).toLowerCase(), TOKEN)
  })

  test('language and theme are switched and remembered', async ({ visit, assert }) => {
    const page = await visit('/')
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')

    await page.click('button[value=en]')
    await page.waitForSelector('html[lang=en]')
    await page.click('button[value=light]')
    await page.waitForSelector('html[data-theme=light]')
    const light = await background()
    await page.click('button[value=dark]')
    await page.waitForSelector('html[data-theme=dark]')
    const dark = await background()
    await page.goto(page.url())

    assert.notEqual(light, dark)
    assert.equal(await background(), dark)
    await page.assertTextContains('h1', 'New tokens')
  })

  test('works without JavaScript', async ({ browser, assert }) => {
    await storeLaunch({ symbol: 'PLAIN' })
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()

    await page.goto(`http://${process.env.HOST}:${process.env.PORT}/`)
    await page.click('nav a[href="/?kind=created"]')

    assert.include(await page.textContent('article h2'), 'PLAIN')
    assert.isFalse(await page.isVisible('[data-copy]'))
    await context.close()
  })
})
