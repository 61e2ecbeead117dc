import type { HttpContext } from '@adonisjs/core/http'
import { acknowledgeAlert, openAlerts } from '#delivery/alerts'
import { systemClock } from '#foundation/clock'
import { findingsAt } from '#health/push/findings_at'
import { lookAtPushing } from '#health/push/report'
import { recentChecks } from '#health/push/recent_checks'
import { answerForm } from '#views/operator/form_answer'
import { CHECKS } from '#views/operator/push/check_history'
import { healthView } from '#views/operator/push/health_view'
import { operatorReader } from '#views/operator/reader'

import healthConfig from '#config/health'

const ALERTS = 20

export default class HealthController {
  /** How pushing does now, what the last checks found, and which alerts are open. */
  async show(ctx: HttpContext) {
    const reader = operatorReader(ctx)
    const report = await lookAtPushing(healthConfig.lookbackMs, reader.now, healthConfig)
    const [checks, alerts] = await Promise.all([
      recentChecks(healthConfig.lookbackMs, CHECKS),
      openAlerts(ALERTS),
    ])
    const findings = await findingsAt(alerts.map(({ since }) => since))
    const stored = { report, checks, alerts, findings }
    return ctx.view.render('pages/operator/health', healthView(stored, reader))
  }

  /** Notes that the operator knows of an alert. */
  async acknowledge(ctx: HttpContext) {
    await answerForm(ctx, '/operator/health#alerts', async () => {
      const { message } = await acknowledgeAlert(ctx.params.id, systemClock)
      return { key: 'acknowledged', detail: message }
    })
  }
}
