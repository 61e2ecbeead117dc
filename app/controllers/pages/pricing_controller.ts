import type { HttpContext } from '@adonisjs/core/http'
import plansConfig from '#config/plans'
import { planOffers } from '#views/plan_offers'

const DAY_MS = 86_400_000

export default class PricingController {
  /** What the plans cost and hold, for anyone, before a login. */
  show({ view }: HttpContext) {
    const trialDays = plansConfig.trialMs / DAY_MS
    return view.render('pages/pricing', { offers: planOffers(), trialDays })
  }
}
