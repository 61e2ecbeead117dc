import type { HttpContext } from '@adonisjs/core/http'
import { acknowledgeAlert, allAlerts, openAlerts } from '#delivery/alerts'
import { alertAnswer } from '#views/alert_answer'
import { alertsQuery } from '#validators/push_health_query'
import { systemClock } from '#foundation/clock'

/** How many are listed at most. */
const LISTED = 100

export default class AlertsController {
  /** The newest alerts for the operator; with `state=open` those that wait for one. */
  async index({ request }: HttpContext) {
    const { state } = await alertsQuery.read(request.qs())
    const alerts = await (state === 'open' ? openAlerts(LISTED) : allAlerts(LISTED))
    return { data: alerts.map(alertAnswer) }
  }

  /** Notes that the operator knows of an alert. */
  async acknowledge({ params }: HttpContext) {
    const { id, kind, message, acknowledgedAt } = await acknowledgeAlert(params.id, systemClock)
    return { data: { id, kind, message, acknowledged_at: acknowledgedAt } }
  }
}
