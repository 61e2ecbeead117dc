import { test } from '@japa/runner'
import plans from '#config/plans'
import { locales } from '#http/language'
import { exactBnb } from '#views/amount_view'
import { emptyDatabase } from '#tests/support/database'
import { storeCoinPrice } from '#tests/support/market'
import { Visitor } from '#tests/support/visitor'

test.group('The page of prices', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('tells what each plan costs and holds before any login: {$self}')
    .with([...locales])
    .run(async ({ assert }, locale) => {
      const { status, text } = await new Visitor(locale).get('/pricing')

      assert.equal(status, 200)
      for (const { price } of Object.values(plans.paid)) assert.include(text, exactBnb(price))
      assert.include(text, 'href="/renew"')
      assert.notInclude(text, 'translation missing')
    })

  test('tells prices in dollars as well where the price of BNB is known', async ({ assert }) => {
    await emptyDatabase()
    const visitor = new Visitor('en')
    const before = await visitor.get('/pricing')
    assert.notInclude(before.text, '≈')
    await storeCoinPrice(String(600n * 10n ** 18n))
    const after = await visitor.get('/pricing')
    assert.match(after.text, /≈ \$[\d,.]+/)
  })
})
