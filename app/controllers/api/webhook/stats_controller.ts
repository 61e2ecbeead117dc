import type { HttpContext } from '@adonisjs/core/http'
import { deliveryStats } from '#webhooks/endpoints/delivery_stats'

export default class StatsController {
  /** Figures over all attempts, together and for each endpoint that the token's account may see. */
  async show({ auth }: HttpContext) {
    return { success: true, data: await deliveryStats(auth.getUserOrFail().reach) }
  }
}
