import type { ApplicationService } from '@adonisjs/core/types'
import { RequestMetrics } from '#http/request_metrics'
import { openStreams } from '#middleware/stream_limit_middleware'

/** Counts what this process answers. */
export default class RequestMetricsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(RequestMetrics, () => new RequestMetrics(() => openStreams.total))
  }

  async boot() {
    const metrics = await this.app.container.make(RequestMetrics)
    const emitter = await this.app.container.make('emitter')
    emitter.on('http:request_completed', ({ ctx, duration }) => metrics.answered(ctx, duration))
  }
}
