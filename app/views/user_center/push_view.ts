import type NotificationJob from '#models/notification_job'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { optionalAddressView } from '#views/address_view'
import { durationText } from '#foundation/text/figures'
import { reasonText } from '#views/reason_text'
import type { Reader } from '#views/reason_text'

/** A push as a line of a table: what, where to, how it ended and how long it took. */
export function pushView(
  push: NotificationJob,
  endpoints: readonly WebhookEndpoint[],
  reader: Reader
) {
  const endpoint = endpoints.find(({ id }) => id === push.targetId)
  return {
    eventType: push.eventType,
    token: optionalAddressView(push.tokenAddress),
    receiver: endpoint ? new URL(endpoint.url).host : null,
    status: push.status,
    error: push.status === 'sent' ? null : reasonText(push.lastError, reader),
    time: reader.localTime(push.createdAt),
    latency: push.sentAt === null ? null : durationText(push.sentAt - push.createdAt),
  }
}
