import { test } from '@japa/runner'
import type { Page } from 'playwright'
import db from '@adonisjs/lucid/services/db'
import { createCursor } from '#collectors/store/cursor'
import scannerConfig from '#config/scanner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeLaunches, storePool, storeTrade } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const HOSTILE = '<script>document.title="stolen"</script>'

const liveMark = (page: Page) => page.locator(':is([data-status=live], [data-status=unread])')

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
    await page.assertTextContains('[data-percent]', '50.0%')
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

  test('candles of a token can be moved, and go on with its trades', async ({ visit, assert }) => {
    await storeLaunch({ token_address: TOKEN })
    for (const minute of [1, 2, 3]) {
      const time = 1_780_000_000_000 + minute * 60_000
      const price = `${minute}00000000000000`
      await storeTrade({ token_address: TOKEN, event_time: time, price })
    }
    const page = await visit('/')
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
    await page.goto(`${new URL(page.url()).origin}/tokens/${TOKEN}`)
    await page.locator('.chart canvas').first().waitFor()
    await liveMark(page).waitFor()

    const shown = () => page.locator('.chart').screenshot()
    const before = await shown()
    const id = await storeTrade({
      token_address: TOKEN,
      event_time: 1_780_000_240_000,
      price: '900000000000000',
    })
    await page.locator(`[data-trade="${id}"]`).waitFor()

    await assert.doesNotReject(async () => {
      while (before.equals(await shown())) await page.evaluate(() => 0)
    })
    assert.isTrue(await page.locator('.candles').isHidden())
    assert.deepEqual(faults, [])
  })

  test('trades appear on the open page of their token', async ({ visit }) => {
    await storeLaunch({ token_address: TOKEN })
    const page = await visit(`/tokens/${TOKEN}`)
    await liveMark(page).waitFor()

    const id = await storeTrade({ token_address: TOKEN, side: 'sell' })

    await page.locator(`[data-trade="${id}"]`).waitFor()
  })

  test('a row that came before its curve was known shows it as soon as it is', async ({
    visit,
  }) => {
    const page = await visit('/')
    await liveMark(page).waitFor()
    const id = await storeLaunch({ token_address: TOKEN })
    await page.locator(`[data-launch="${id}"] [data-unread]`).waitFor()

    await storePool({ token_address: TOKEN, progress: '250000000000000000', price: '7' })

    await page.locator(`[data-launch="${id}"] [data-percent]:has-text("25.0%")`).waitFor()
    await page.assertElementsCount('[data-unread]', 0)
  })

  test('the page says which block it shows, and by how much the chain is ahead of it', async ({
    visit,
  }) => {
    await createCursor('chain:31337', 31337, { blockNumber: 1234, blockHash: null }, Date.now())
    await db.from('scan_cursors').update({ chain_id: scannerConfig.chainId })
    const page = await visit('/')

    await page.locator('[data-status=live] .live:has-text("1,234")').waitFor()
    await db.from('scan_cursors').update({ head_block: 1234 + 400 })
    await page.locator('[data-status=behind]').waitFor()
  })

  test('tabs share one stream, and the next goes on with it when a tab is closed', async ({
    browserContext,
    visit,
    assert,
  }) => {
    const streaming = new Set<Page>()
    browserContext.on('request', (request) => {
      if (request.url().includes('/live?')) streaming.add(request.frame().page())
    })
    await storeLaunch({ token_address: TOKEN })
    const [first, second, third] = [
      await visit('/'),
      await visit('/'),
      await visit(`/tokens/${TOKEN}`),
    ]
    await Promise.all([first, second, third].map((page) => liveMark(page).waitFor()))
    assert.deepEqual([...streaming], [first])

    await first.close()
    const trade = await storeTrade({ token_address: TOKEN })
    const launch = await storeLaunch()

    await third.locator(`[data-trade="${trade}"]`).waitFor()
    await second.locator(`[data-launch="${launch}"]`).waitFor()
    await second.locator('[data-trades="1"]').waitFor()
    assert.equal(await second.locator('[data-launch]').count(), 2)
  })

  test('the list is one stop of the Tab key, J and K lead through it, and older rows come', async ({
    visit,
    assert,
  }) => {
    await storeLaunches(60)
    const page = await visit('/')
    await liveMark(page).waitFor()
    await page.mouse.wheel(0, 100_000)
    await page.locator('[data-rows] article >> nth=59').waitFor()

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')

    const place = () => page.evaluate('document.activeElement.getAttribute("aria-posinset")')
    assert.equal(await place(), '1')
    await page.keyboard.press('PageDown')
    assert.equal(await place(), '2')
    const reachable = page.locator('[data-rows] :is(article, a, button):not([tabindex="-1"])')
    assert.isBelow(await reachable.count(), 8)
    assert.isFalse(await page.isVisible('[data-older]'))
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
