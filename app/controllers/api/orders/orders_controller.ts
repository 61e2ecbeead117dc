import type { HttpContext } from '@adonisjs/core/http'
import ordersConfig from '#config/orders'
import { systemClock } from '#foundation/clock'
import { pageAnswer, toPageRequest } from '#http/page_cursor'
import { announceOrder } from '#orders/announce_order'
import { onceForKey } from '#orders/idempotency'
import { findOrder, listOrders } from '#orders/order_list'
import { newOrder, orderQuery } from '#validators/order_requests'
import { idempotencyKey } from '#validators/replay_requests'
import { readStory } from '#verification/order_story'
import { orderView, storyView } from '#views/order_view'

/** Orders on the OKX accounts of the token's account. */
export default class OrdersController {
  async index({ auth, request }: HttpContext) {
    const { filters, page } = toPageRequest(await orderQuery.read(request.qs()))
    return pageAnswer(await listOrders(auth.getUserOrFail().reach, filters, page), orderView)
  }

  async show({ auth, params }: HttpContext) {
    const order = await findOrder(auth.getUserOrFail().reach, params.id)
    return { data: storyView(await readStory(order)) }
  }

  /** Announces an order; with an Idempotency-Key, once. */
  async store({ auth, request, response }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const body = await newOrder.read(request.body())
    const key = await idempotencyKey.validate(request.header('idempotency-key'))
    const announce = async () => {
      const { account_id: accountId, inst_id: instId, ord_id: ordId, ...rest } = body
      const { cl_ord_id: clOrdId, ord_type: ordType, side, px, sz } = rest
      const { order, isNew } = await announceOrder(
        { reach, by: 'user', limits: ordersConfig.limits, clock: systemClock },
        { accountId, instId, ordId, clOrdId, ordType, side, px, sz }
      )
      return { status: isNew ? 201 : 200, body: { data: orderView(order) } }
    }
    const wish = { scope: `user:${reach ?? 0}`, request: JSON.stringify(body), clock: systemClock }
    const answer = key ? await onceForKey({ ...wish, key }, announce) : await announce()
    return response.status(answer.status).send(answer.body)
  }
}
