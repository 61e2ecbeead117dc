import webhooksConfig from '#config/webhooks'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { durationText } from '#foundation/text/figures'
import type { Reader } from '#views/operator/reader'

/** How an endpoint is served. Of its own headers only the names: values are often keys. */
export function endpointSettings(endpoint: WebhookEndpoint, { locale, localTime }: Reader) {
  const { ratePerSecond, expiryMs, retrySchedule } = endpoint
  const waits = retrySchedule ?? webhooksConfig.retry.waits
  return {
    eventTypes: endpoint.eventTypes,
    filter: endpoint.filter,
    template: endpoint.template,
    headers: Object.keys(endpoint.headers ?? {}),
    ordering: endpoint.ordering,
    concurrency: endpoint.concurrency,
    rate: ratePerSecond?.toLocaleString(locale) ?? null,
    batchSize: endpoint.batchSize,
    timeout: durationText(endpoint.timeoutMs),
    retries: waits.map((wait) => durationText(wait).replace(' ', '\u00a0')).join(' · '),
    expiry: expiryMs === null ? null : durationText(expiryMs),
    createdAt: localTime(endpoint.createdAt),
  }
}
