import type { HttpContext } from '@adonisjs/core/http'
import { collectDefaultMetrics, Gauge, Histogram, Registry, type Metric } from 'prom-client'

/** Upper ends of what is counted together, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * What this process has answered, by route: a route is a pattern, so that there are as many series as
 * routes, whatever is asked for. Streams last as long as they are read, and are no durations.
 */
export class RequestMetrics {
  readonly #registry = new Registry()
  readonly #durations = new Histogram({
    name: 'regou_http_request_duration_seconds',
    help: 'Answers of this process, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.#registry],
  })

  /** @param openStreams event streams that are open now */
  constructor(openStreams: () => number) {
    new Gauge({
      name: 'regou_http_streams',
      help: 'Event streams that are open at this process.',
      registers: [this.#registry],
      collect() {
        this.set(openStreams())
      },
    })
    // Of this process alone; those of the others are in the heartbeats.
    collectDefaultMetrics({ register: this.#registry })
  }

  /** @param duration as `process.hrtime` gives it */
  answered({ request, response, route }: HttpContext, [seconds, nanos]: [number, number]) {
    if (isStream(response.getHeader('content-type'))) return
    const labels = {
      method: METHODS.includes(request.method()) ? request.method() : 'other',
      route: route?.pattern ?? 'none',
      status: String(response.getStatus()),
    }
    this.#durations.observe(labels, seconds + nanos / 1e9)
  }

  get metrics(): Metric[] {
    return this.#registry.getMetricsAsArray() as unknown as Metric[]
  }
}

/** Others are made up by callers. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function isStream(contentType: unknown): boolean {
  return /^text\/event-stream/.test(String(contentType))
}
