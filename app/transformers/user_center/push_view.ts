import type NotificationJob from '#models/notification_job'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { optionalAddressView } from '#transformers/address_view'
import type { LocalTimes } from '#transformers/user_center/local_time'

/** A push as a line of a table: what, where to, how it ended and how long it took. */
export function pushView(
  push: NotificationJob,
  endpoints: readonly WebhookEndpoint[],
  localTime: LocalTimes
) {
  const endpoint = endpoints.find(({ id }) => id === push.targetId)
  return {
    eventType: push.eventType,
    token: optionalAddressView(push.tokenAddress),
    receiver: endpoint ? new URL(endpoint.url).host : null,
    status: push.status,
    error: push.status === 'sent' ? null : push.lastError,
    time: localTime(push.createdAt),
    latency: push.sentAt === null ? null : latencyText(push.sentAt - push.createdAt),
  }
}

/** Milliseconds as people compare them: `84 ms`, `1.2 s`, `5 min`, `3.5 h`. */
function latencyText(ms: number): string {
  if (ms < 1000) return `${Math.max(ms, 0)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`
}
