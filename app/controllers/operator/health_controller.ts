import type { HttpContext } from '@adonisjs/core/http'
import { acknowledgeAlert, openAlerts } from '#delivery/alerts'
import { systemClock } from '#foundation/clock'
import { findingsAt, recentChecks } from '#health/checks'
import { readPushHealth } from '#health/report'
import { answerForm } from '#http/form_answers'
import { CHECKS, healthView } from '#views/operator/health_view'
import { viewerOf } from '#http/viewer'

import healthConfig from '#config/health'

const ALERTS = 20

export default class HealthController {
  /** How pushing does now, what the last checks found, and which alerts are open. */
  async show(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const report = await readPushHealth(healthConfig.lookbackMs, viewer.now, healthConfig)
    const [checks, alerts] = await Promise.all([
      recentChecks(healthConfig.lookbackMs, CHECKS),
      openAlerts(ALERTS),
    ])
    const findings = await findingsAt(alerts.map(({ since }) => since))
    const stored = { report, checks, alerts, findings }
    return ctx.view.render('pages/operator/health', healthView(stored, viewer))
  }

  /** Notes that the operator knows of an alert. */
  async acknowledge(ctx: HttpContext) {
    await answerForm(ctx, '/operator/health#alerts', async () => {
      const { message } = await acknowledgeAlert(ctx.params.id, systemClock)
      return { key: 'acknowledged', detail: message }
    })
  }
}
