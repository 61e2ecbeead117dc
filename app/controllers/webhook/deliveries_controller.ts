import { Refusal } from '#foundation/errors'
import type { HttpContext } from '@adonisjs/core/http'
import { deliveryPayload } from '#webhooks/deliveries/delivery_payload'
import { findDelivery } from '#webhooks/deliveries/find_delivery'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { attemptRows } from '#views/webhook/attempt_row'
import { deliveryRow } from '#views/webhook/delivery_row'
import { endpointHead } from '#views/webhook/endpoint_head'
import { payloadView } from '#views/webhook/payload_view'
import { viewerOf } from '#http/viewer'

export default class DeliveriesController {
  /** One delivery: every try at it, what was answered, and what was sent. */
  async show(ctx: HttpContext) {
    const { owner } = ctx.webhookPages
    const endpoint = await ownedEndpoint(ctx.params.id, owner)
    const { job, attempts } = await findDelivery(ctx.params.delivery, owner)
    if (job.targetId !== endpoint.id) {
      throw new Refusal(
        'unknown',
        'unknown_delivery',
        `Endpoint ${endpoint.id} has no delivery ${job.id}`
      )
    }
    const triedAt = attempts.at(-1)?.startedAt ?? systemClock.now()
    const viewer = viewerOf(ctx)
    return ctx.view.render('pages/webhook/delivery', {
      endpoint: endpointHead(endpoint, viewer),
      delivery: deliveryRow(job, viewer),
      attempts: attemptRows(attempts, viewer),
      payload: await payloadView(() => deliveryPayload(job, endpoint.template, triedAt)),
    })
  }
}
