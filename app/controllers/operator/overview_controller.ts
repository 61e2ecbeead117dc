import type { HttpContext } from '@adonisjs/core/http'
import healthConfig from '#config/health'
import { checksSince } from '#health/checks'
import { readPushHealth } from '#health/report'
import { choiceOf } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import { overviewView, POINTS, RANGES, type Range } from '#views/operator/overview_view'

export default class OverviewController {
  /** How all is now, and how the last hour or day went. */
  async show(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const range = choiceOf(ctx, 'range', Object.keys(RANGES) as Range[]) ?? 'hour'
    const { lookbackMs } = healthConfig
    const report = await readPushHealth(lookbackMs, viewer.now, healthConfig)
    const checks = await checksSince(viewer.now - RANGES[range], lookbackMs, POINTS)
    return ctx.view.render(
      'pages/operator/overview',
      overviewView({ report, checks, range }, viewer)
    )
  }
}
