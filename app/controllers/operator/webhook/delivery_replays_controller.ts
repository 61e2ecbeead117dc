import type { HttpContext } from '@adonisjs/core/http'
import { replayDeliveries } from '#webhooks/deliveries/replay_deliveries'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS } from '#views/operator/form_answer'
import { replayedNotice } from '#views/operator/replayed_notice'
import { deliveryReplaysForm } from '#validators/operator/replay_forms'

export default class DeliveryReplaysController {
  /** Sends one delivery again, also one that was accepted: its page asks for just that. */
  async store(ctx: HttpContext) {
    const { id: endpointId, delivery } = ctx.params
    await answerForm(ctx, `/operator/webhooks/${endpointId}/deliveries/${delivery}`, async () => {
      const wish = { ids: [Number(delivery)], again: true }
      return replayedNotice(await replayDeliveries(wish, null, systemClock))
    })
  }

  /** Sends those again that were ticked, except what was accepted. */
  async storeMany(ctx: HttpContext) {
    const { id } = await findEndpoint(ctx.params.id)
    const [error, form] = await deliveryReplaysForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `/operator/webhooks/${id}#deliveries`, async () => {
      if (error) return NOT_OURS
      const wish = { ids: form.ids ?? [], again: false }
      return replayedNotice(await replayDeliveries(wish, null, systemClock))
    })
  }
}
