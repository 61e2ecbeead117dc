import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Viewer } from '#http/viewer'
import { disablingText } from '#views/reason_text'
import type { Health } from '#validators/webhook/endpoint_forms'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import { optionalDuration, percentText } from '#foundation/text/figures'
import { timeView } from '#views/time_view'

/** What every page of an endpoint says of it. */
export function endpointHead(endpoint: WebhookEndpoint, viewer: Viewer) {
  const { failingSince } = endpoint
  return {
    id: endpoint.id,
    url: endpoint.url,
    host: new URL(endpoint.url).host,
    description: endpoint.description,
    health: healthOf({ state: endpoint.state, failing_since: failingSince }),
    failingSince: failingSince === null ? null : viewer.localTime(failingSince),
    reason: disablingText(endpoint, viewer),
    isActive: endpoint.state === 'active',
    isOfEnvironment: endpoint.origin === 'env',
  }
}

interface Endpoint {
  state: string
  failing_since: number | null
}

/** How an endpoint does; `failing` is one that has accepted nothing since it first failed. */
export function healthOf({ state, failing_since: since }: Endpoint): Health {
  if (state === 'disabled') {
    return 'disabled'
  }
  return since === null ? 'active' : 'failing'
}

/** What was pushed, as figures to read; null where there is nothing to say yet. */
export function pushFigures(stats: PushStats, { locale, now }: Viewer) {
  const { total_pushed: total, success_count: successes, last_push_time: last } = stats
  return {
    pushed: total.toLocaleString(locale),
    failed: stats.failure_count.toLocaleString(locale),
    rate: total > 0 ? percentText(successes / total, locale) : null,
    p50: optionalDuration(stats.p50_delay_ms),
    p95: optionalDuration(stats.p95_delay_ms),
    p99: optionalDuration(stats.p99_delay_ms),
    last: last === null ? null : timeView(last * 1000, locale, now),
  }
}
