import type { HttpContext } from '@adonisjs/core/http'
import { findDelivery } from '#webhooks/deliveries/find_delivery'
import { searchDeliveries } from '#webhooks/deliveries/search_deliveries'
import { attemptView, deliveryView } from '#views/delivery_view'
import { pageAnswer, toPageRequest } from '#http/page_cursor'
import { deliveryQuery } from '#validators/delivery_requests'

/** Deliveries to endpoints that the token's account may see. */
export default class DeliveriesController {
  async index({ auth, request }: HttpContext) {
    const { filters, page } = toPageRequest(await deliveryQuery.read(request.qs()))
    const found = await searchDeliveries(auth.getUserOrFail().reach, filters, page)
    return pageAnswer(found, deliveryView)
  }

  /** With every attempt. */
  async show({ auth, params }: HttpContext) {
    const { job, attempts } = await findDelivery(params.id, auth.getUserOrFail().reach)
    return { data: { ...deliveryView(job), attempts: attempts.map(attemptView) } }
  }
}
