import type { HttpContext } from '@adonisjs/core/http'
import { deliveryPayload } from '#delivery/deliveries/delivery_payload'
import { UnknownDelivery } from '#delivery/deliveries/delivery_errors'
import { findDelivery } from '#delivery/deliveries/find_delivery'
import { findEndpoint } from '#delivery/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { attemptRow } from '#transformers/operator/attempt_row'
import { deliveryRow } from '#transformers/operator/delivery_row'
import { endpointHead } from '#transformers/operator/endpoint_head'
import { payloadView } from '#transformers/operator/payload_view'
import { operatorReader } from '#transformers/operator/reader'

export default class DeliveriesController {
  /** One delivery: every try at it, what was answered, and what was sent. */
  async show(ctx: HttpContext) {
    const endpoint = await findEndpoint(ctx.params.id)
    const { job, attempts } = await findDelivery(ctx.params.delivery, null)
    if (job.targetId !== endpoint.id) {
      throw new UnknownDelivery(`Endpoint ${endpoint.id} has no delivery ${job.id}`)
    }
    const triedAt = attempts.at(-1)?.startedAt ?? systemClock.now()
    const reader = operatorReader(ctx)
    return ctx.view.render('pages/operator/delivery', {
      endpoint: endpointHead(endpoint, reader),
      delivery: deliveryRow(job, reader),
      attempts: attempts.map((attempt) => attemptRow(attempt, reader)).reverse(),
      payload: await payloadView(() => deliveryPayload(job, endpoint.template, triedAt)),
    })
  }
}
