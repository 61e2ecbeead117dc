import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import healthConfig from '#config/health'
import { systemClock } from '#foundation/clock'
import { RequestMetrics } from '#http/request_metrics'
import { readMetrics } from '#metrics/read_metrics'

@inject()
export default class MetricsController {
  constructor(private readonly requests: RequestMetrics) {}

  /** All figures, as OpenMetrics where that is asked for. */
  async show({ request, response }: HttpContext) {
    const isOpen = request.header('accept', '')!.includes('application/openmetrics-text')
    const { contentType, body } = await readMetrics({
      format: isOpen ? 'openmetrics' : 'prometheus',
      version: app.version?.toString() ?? '',
      clock: systemClock,
      stuckMs: healthConfig.stuckMs,
      own: this.requests.metrics,
    })
    return response.header('content-type', contentType).send(body)
  }
}
