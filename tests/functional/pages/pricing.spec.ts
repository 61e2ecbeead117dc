import { test } from '@japa/runner'
import plans from '#config/plans'
import { locales } from '#http/language'
import { exactBnb } from '#views/amount_view'
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
})
