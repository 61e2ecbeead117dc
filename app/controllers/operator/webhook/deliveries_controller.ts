import { Refusal } from '#foundation/errors'
import type { HttpContext } from '@adonisjs/core/http'
import { deliveryPayload } from '#webhooks/deliveries/delivery_payload'
import { findDelivery } from '#webhooks/deliveries/find_delivery'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { attemptRow } from '#views/operator/attempt_row'
import { deliveryRow } from '#views/operator/delivery_row'
import { endpointHead } from '#views/operator/endpoint_head'
import { payloadView } from '#views/operator/payload_view'
import { viewerOf } from '#http/viewer'

export default class DeliveriesController {
  /** One delivery: every try at it, what was answered, and what was sent. */
  async show(ctx: HttpContext) {
    const endpoint = await findEndpoint(ctx.params.id)
    const { job, attempts } = await findDelivery(ctx.params.delivery, null)
    if (job.targetId !== endpoint.id) {
      throw new Refusal(
        'unknown',
        'unknown_delivery',
        `Endpoint ${endpoint.id} has no delivery ${job.id}`
      )
    }
    const triedAt = attempts.at(-1)?.startedAt ?? systemClock.now()
    const viewer = viewerOf(ctx)
    return ctx.view.render('pages/operator/delivery', {
      endpoint: endpointHead(endpoint, viewer),
      delivery: deliveryRow(job, viewer),
      attempts: attempts.map((attempt) => attemptRow(attempt, viewer)).reverse(),
      payload: await payloadView(() => deliveryPayload(job, endpoint.template, triedAt)),
    })
  }
}
