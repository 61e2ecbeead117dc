import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import type { Walked } from '#foundation/walk/bounded_walk'
import type { EndpointActivity } from '#webhooks/endpoints/list_endpoints'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import { eventTypes } from '#facts/event_types'
import type DeliveryAttempt from '#models/delivery_attempt'
import type NotificationJob from '#models/notification_job'
import type Replay from '#models/replay'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { olderDeliveries } from '#views/operator/delivery_links'
import { deliveryRow } from '#views/operator/delivery_row'
import { endpointHead } from '#views/operator/endpoint_head'
import { endpointSettings } from '#views/operator/endpoint_settings'
import { pushFigures } from '#views/operator/push_figures'
import type { Reader } from '#views/operator/reader'
import { replayRow } from '#views/operator/replay_row'
import { sparkline } from '#views/operator/sparkline'
import type { DeliverySearch } from '#validators/operator/delivery_search'
import { overlaps } from '#validators/operator/endpoint_actions'
import { periods } from '#validators/operator/periods'

interface Stored {
  endpoint: WebhookEndpoint
  activity: EndpointActivity
  stats: PushStats
  attempts: readonly DeliveryAttempt[]
  deliveries: Walked<NotificationJob>
  search: DeliverySearch
  replays: readonly Replay[]
}

/** Everything that the page of an endpoint shows. */
export function endpointPageView(stored: Stored, reader: Reader) {
  const { endpoint, activity, deliveries, search } = stored

  return {
    endpoint: endpointHead(endpoint, reader),
    settings: endpointSettings(endpoint, reader),
    figures: pushFigures(stored.stats, reader),
    pending: activity.pending.toLocaleString(reader.locale),
    sparkline: sparkline(stored.attempts),
    search,
    isSearched: Object.keys(search.wish).length > 0 || search.before !== undefined,
    choices: { states: JOB_STATES, types: eventTypes().all, periods, overlaps },
    deliveries: deliveries.rows.map((job) => deliveryRow(job, reader)),
    older:
      deliveries.below === null
        ? null
        : olderDeliveries(endpoint.id, search.wish, deliveries.below),
    replays: stored.replays.map((replay) => replayRow(replay, reader)),
  }
}
