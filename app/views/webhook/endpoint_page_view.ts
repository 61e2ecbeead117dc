import { eventTypes } from '#facts/event_types'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import type { Page } from '#foundation/walk/page'
import type { EndpointActivity } from '#webhooks/endpoints/list_endpoints'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import type DeliveryAttempt from '#models/delivery_attempt'
import type NotificationJob from '#models/notification_job'
import type Replay from '#models/replay'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { deliveryRow } from '#views/webhook/delivery_row'
import { endpointHead, pushFigures } from '#views/webhook/endpoint_head'
import type { Viewer } from '#http/viewer'
import { sparkline } from '#views/webhook/bars'
import { type DeliverySearch, periods, beginningOf } from '#validators/webhook/delivery_forms'
import { overlaps } from '#validators/webhook/endpoint_forms'
import webhooksConfig from '#config/webhooks'
import { durationText } from '#foundation/text/figures'
import { timeView } from '#views/time_view'
import type { DeliveryFilters } from '#webhooks/deliveries/delivery_filters'
import { encodePageCursor } from '#http/page_cursor'

interface Stored {
  /** Where the pages of endpoints stand. */
  path: string
  endpoint: WebhookEndpoint
  activity: EndpointActivity
  stats: PushStats
  attempts: readonly DeliveryAttempt[]
  deliveries: Page<NotificationJob>
  search: DeliverySearch
  replays: readonly Replay[]
}

/** Everything that the page of an endpoint shows. */
export function endpointPageView(stored: Stored, viewer: Viewer) {
  const { endpoint, activity, deliveries, search } = stored

  return {
    endpoint: endpointHead(endpoint, viewer),
    settings: endpointSettings(endpoint, viewer),
    figures: pushFigures(stored.stats, viewer),
    pending: activity.pending.toLocaleString(viewer.locale),
    sparkline: sparkline(stored.attempts),
    search,
    isSearched: Object.keys(search.wish).length > 0 || search.before !== undefined,
    choices: { states: JOB_STATES, types: eventTypes().all, periods, overlaps },
    deliveries: deliveries.rows.map((job) => deliveryRow(job, viewer)),
    older:
      deliveries.below === null
        ? null
        : olderDeliveries(`${stored.path}/${endpoint.id}`, search.wish, deliveries.below),
    replays: stored.replays.map((replay) => replayRow(replay, viewer)),
  }
}

/** How an endpoint is served. Of its own headers only the names: values are often keys. */
function endpointSettings(endpoint: WebhookEndpoint, { locale, localTime }: Viewer) {
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

/** A replay as a line of the list. */
function replayRow(replay: Replay, { locale, localTime, now }: Viewer) {
  const { since, ratePerSecond } = replay
  return {
    id: replay.id,
    kind: replay.kind,
    state: replay.state,
    isRunning: replay.state === 'running',
    percent: Math.floor(progressOf(replay) * 100),
    since: since > 0 ? localTime(since) : null,
    rate: ratePerSecond?.toLocaleString(locale) ?? null,
    added: replay.added.toLocaleString(locale),
    revived: replay.revived.toLocaleString(locale),
    begun: timeView(replay.createdAt, locale, now),
  }
}

/** The share of the time between its ends that a replay has gone through, from 0 to 1. */
function progressOf({ state, since, until, reachedAt }: Replay): number {
  if (state === 'done') {
    return 1
  }
  const share = reachedAt === null ? 0 : (reachedAt - since) / (until - since)
  return Math.min(1, Math.max(0, share))
}

type Wish = DeliverySearch['wish']

/** What a reader looks for, as the delivery room takes it. `now` is in epoch milliseconds. */
export function toDeliveryFilters(endpointId: number, wish: Wish, now: number): DeliveryFilters {
  const { state, type, token, within } = wish
  return {
    endpoint_id: endpointId,
    state,
    event_type: type,
    token_address: token,
    since: within && within !== 'all' ? beginningOf(within, now) : undefined,
  }
}

/** The address of the deliveries with smaller ids than this, of the same search. */
function olderDeliveries(page: string, wish: Wish, before: number): string {
  const query = new URLSearchParams({ ...wish, cursor: encodePageCursor(before) })
  return `${page}?${query}#deliveries`
}
