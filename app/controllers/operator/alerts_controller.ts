import type { HttpContext } from '@adonisjs/core/http'
import { acknowledgeAlert, listAlerts } from '#delivery/alerts'
import { systemClock } from '#foundation/clock'
import { answerAction } from '#http/form_answers'
import { idsIn } from '#http/list_form'
import { beforeOf, choiceOf, olderPage } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import { alertList, ALERT_STATES } from '#views/operator/log_lists'

const ROWS = 50

export default class AlertsController {
  /** Alerts for the operator, open or not. */
  async show(ctx: HttpContext) {
    const state = choiceOf(ctx, 'state', ALERT_STATES)
    const alerts = await listAlerts(state, { before: beforeOf(ctx), limit: ROWS })
    return ctx.view.render('pages/operator/lists', {
      page: 'alerts',
      filters: [{ name: 'state', value: state ?? '', options: ['', ...ALERT_STATES] }],
      lists: [{ ...alertList(alerts, viewerOf(ctx)), older: olderPage(ctx, alerts, ROWS) }],
    })
  }

  /** Notes that the operator knows of those that are ticked. */
  async acknowledge(ctx: HttpContext) {
    await answerAction(ctx, '/operator/alerts?state=open', async () => {
      const ids = idsIn(ctx)
      for (const id of ids) await acknowledgeAlert(id, systemClock)
      return { key: 'alertsAcknowledged', values: { count: ids.length } }
    })
  }
}
