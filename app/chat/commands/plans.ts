import plansConfig, { paidPlans } from '#config/plans'
import { exactAmount } from '#feed/amount_text'
import type { Command } from '#chat/commands/command'

const DAY_MS = 86_400_000

/** What plans there are, and what each costs. */
export const plans: Command = {
  name: 'plans',
  aliases: ['plan', 'price', '套餐', '价格'],
  reply({ reader: { t, words } }) {
    const lines = paidPlans().map((name) => {
      const { price, lengthMs } = plansConfig.paid[name]
      const bnb = exactAmount(String(price))
      return t('plans.line', {
        plan: words(`account.plan.names.${name}`),
        days: lengthMs / DAY_MS,
        bnb,
      })
    })
    const trial = t('plans.trial', { days: plansConfig.trialMs / DAY_MS })
    return [trial, ...lines, t('plans.rule')].join('\n')
  },
}
