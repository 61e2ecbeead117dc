import type { HttpContext } from '@adonisjs/core/http'
import { replayDeliveries, type Replayed } from '#webhooks/deliveries/replay_deliveries'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { answerForm, NOT_OURS, type Notice } from '#http/form_answers'
import { deliveryReplaysForm } from '#validators/webhook/delivery_forms'

export default class DeliveryReplaysController {
  /** Sends one delivery again, also one that was accepted: its page asks for just that. */
  async store(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id: endpointId, delivery } = ctx.params
    await answerForm(ctx, `${path}/${endpointId}/deliveries/${delivery}`, async () => {
      const wish = { ids: [Number(delivery)], again: true }
      return replayedNotice(await replayDeliveries(wish, owner, systemClock))
    })
  }

  /** Sends those again that were ticked, except what was accepted. */
  async storeMany(ctx: HttpContext) {
    const { path, owner } = ctx.webhookPages
    const { id } = await ownedEndpoint(ctx.params.id, owner)
    const [error, form] = await deliveryReplaysForm.tryValidate(ctx.request.body())
    await answerForm(ctx, `${path}/${id}#deliveries`, async () => {
      if (error) return NOT_OURS
      const wish = { ids: form.ids ?? [], again: false }
      return replayedNotice(await replayDeliveries(wish, owner, systemClock))
    })
  }
}

const NOTHING_TICKED: Notice = { key: 'nothingTicked', isProblem: true }

/** What became of deliveries that were to go again; of those that did not, the first reason. */
export function replayedNotice({ replayed, left }: Replayed): Notice {
  const values = { replayed: replayed.length, left: left.length }
  if (left.length === 0) {
    return replayed.length > 0 ? { key: 'replayed', values } : NOTHING_TICKED
  }
  return { key: `left.${left[0]!.reason}`, values, isProblem: replayed.length === 0 }
}
