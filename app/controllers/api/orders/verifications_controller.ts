import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { findOrder } from '#orders/order_list'
import { requestVerification } from '#verification/jobs/retry_jobs'

export default class VerificationsController {
  /** Verifies an order that was filled, once more where it was verified before. */
  async store({ auth, params, response }: HttpContext) {
    const order = await findOrder(auth.getUserOrFail().reach, params.id)
    const jobUid = await requestVerification(order, 'user', systemClock)
    return response.status(202).send({ data: { job_uid: jobUid } })
  }
}
