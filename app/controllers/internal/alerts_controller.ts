import type { HttpContext } from '@adonisjs/core/http'
import { acknowledgeAlert } from '#delivery/alerts'
import { systemClock } from '#foundation/clock'

export default class AlertsController {
  /** Notes that the operator knows of an alert. */
  async acknowledge({ params }: HttpContext) {
    const { id, kind, message, acknowledgedAt } = await acknowledgeAlert(params.id, systemClock)
    return { data: { id, kind, message, acknowledged_at: acknowledgedAt } }
  }
}
