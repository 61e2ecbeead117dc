import type { HttpContext } from '@adonisjs/core/http'
import { findDelivery } from '#webhooks/deliveries/find_delivery'
import { notReplayable, replayDeliveries } from '#webhooks/deliveries/replay_deliveries'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { deliveryView } from '#views/delivery_view'
import { deliveryReplay, deliveryReplays } from '#validators/delivery_requests'

export default class DeliveryReplaysController {
  /** Sends one delivery again. */
  async store({ auth, params, request }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const { again = false } = await deliveryReplay.read(request.body())
    const { job } = await findDelivery(params.id, reach)

    const { left } = await replayDeliveries({ ids: [job.id], again }, reach, systemClock)
    if (left[0]) {
      const { reason: code } = left[0]
      throw new ApiError(409, [{ code, message: `${notReplayable[code]}.` }])
    }
    await job.refresh()
    return { data: deliveryView(job) }
  }

  /** Sends several again; the answer says which, and why the others not. */
  async storeMany({ auth, request }: HttpContext) {
    const { ids, again = false } = await deliveryReplays.read(request.body())
    const { reach } = auth.getUserOrFail()
    const { replayed, left } = await replayDeliveries({ ids, again }, reach, systemClock)
    const refused = left.map(({ id, reason: code }) => {
      return { id, code, message: `${notReplayable[code]}.` }
    })
    return { data: { replayed, left: refused } }
  }
}
