import type { HttpContext } from '@adonisjs/core/http'
import plansConfig from '#config/plans'
import { marketReader } from '#http/money'
import { planOffers } from '#views/plan_offers'

const DAY_MS = 86_400_000

export default class PricingController {
  /** What the plans cost and hold, for anyone, before a login. */
  async show(ctx: HttpContext) {
    const trialDays = plansConfig.trialMs / DAY_MS
    const offers = planOffers(await marketReader(ctx))
    return ctx.view.render('pages/pricing', { offers, trialDays })
  }
}
