import type { Rate } from '#billing/plans/bought_time'
import plansConfig, { paidPlans, type PaidPlan } from '#config/plans'
import type { MarketReader } from '#http/money'
import { exactBnb } from '#views/amount_view'
import { everydayView } from '#views/money_view'

const DAY_MS = 86_400_000

/**
 * The plans that are for sale, and which of them was chosen.
 *
 * @param reader in whose money prices are told as well
 */
export function planOffers(reader: MarketReader, chosen?: PaidPlan) {
  const { paid, base } = plansConfig
  return paidPlans().map((name) => {
    const { price, lengthMs } = paid[name]
    return {
      name,
      price: exactBnb(price),
      worth: everydayView(price, reader),
      days: lengthMs / DAY_MS,
      saving: savingPercent(paid[name], paid[base]),
      isChosen: name === chosen,
    }
  })
}

/** How much less a day costs than at the base plan's rate, in whole per cent. */
function savingPercent(rate: Rate, base: Rate): number {
  const perDay = ({ price, lengthMs }: Rate) => Number(price) / lengthMs
  return Math.round((1 - perDay(rate) / perDay(base)) * 100)
}
