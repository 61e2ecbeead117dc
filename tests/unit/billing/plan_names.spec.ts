import { test } from '@japa/runner'
import { paidPlans } from '#config/plans'
import { languageState, locales } from '#http/language'

test.group('Names of plans', () => {
  test('each plan for sale has one in every language', ({ assert }) => {
    for (const locale of locales) {
      const { t } = languageState(locale)
      for (const plan of paidPlans()) {
        assert.notMatch(t(`account.plan.names.${plan}`), /names/, `${plan} in ${locale}`)
      }
    }
  })
})
