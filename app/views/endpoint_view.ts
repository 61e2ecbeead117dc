import { disablingWords } from '#delivery/reason_words'
import type { FormatName } from '#models/webhook_endpoint'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { robotOf, type DestinationWish } from '#webhooks/formats/destination'
import { endpointActivity, type EndpointActivity } from '#webhooks/endpoints/list_endpoints'
import type { EndpointSettings } from '#webhooks/endpoints/endpoint_settings'

/** Endpoints as the API shows them, with what waits for each. */
export async function endpointViews(endpoints: readonly WebhookEndpoint[]) {
  const activityOf = await endpointActivity(endpoints.map(({ id }) => id))
  return endpoints.map((endpoint) => endpointView(endpoint, activityOf(endpoint.id)))
}

export async function oneEndpointView(endpoint: WebhookEndpoint) {
  const [view] = await endpointViews([endpoint])
  return view!
}

/**
 * Of its own headers only the names are shown, and of the URL of a robot only the host: the rest are
 * keys. Times are epoch milliseconds.
 */
function endpointView(endpoint: WebhookEndpoint, activity: EndpointActivity) {
  return {
    id: endpoint.id,
    url: endpoint.url,
    format: endpoint.format,
    chat_id: robotOf(endpoint)?.chatId ?? null,
    language: robotOf(endpoint)?.language ?? null,
    description: endpoint.description,
    origin: endpoint.origin,
    event_types: endpoint.eventTypes,
    filter: endpoint.filter,
    template: endpoint.template,
    header_names: Object.keys(endpoint.headers ?? {}),
    ordering: endpoint.ordering,
    concurrency: endpoint.concurrency,
    rate_per_second: endpoint.ratePerSecond,
    batch_size: endpoint.batchSize,
    timeout_ms: endpoint.timeoutMs,
    retry_schedule: endpoint.retrySchedule,
    expiry_ms: endpoint.expiryMs,
    state: endpoint.state,
    state_reason: disablingWords(endpoint),
    failing_since: endpoint.failingSince,
    ...activity,
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  }
}

/** An endpoint's settings as the API takes them; those left out are undefined. */
export interface EndpointInput {
  description?: string | null
  event_types?: string[]
  filter?: string | null
  template?: string | null
  headers?: Record<string, string> | null
  ordering?: 'any' | 'fifo'
  concurrency?: number
  rate_per_second?: number | null
  batch_size?: number
  timeout_ms?: number
  retry_schedule?: number[] | null
  expiry_ms?: number | null
}

/** Where events go and in which format, as the API takes it. */
export interface DestinationInput {
  format?: FormatName
  robot_secret?: string | null
  chat_id?: string | null
  language?: string | null
}

export function toDestination(input: DestinationInput): Omit<DestinationWish, 'url'> {
  return {
    format: input.format,
    robotSecret: input.robot_secret,
    chatId: input.chat_id,
    language: input.language,
  }
}

/** The columns that they are stored in. */
export function toSettings(input: EndpointInput): Partial<EndpointSettings> {
  return {
    description: input.description,
    eventTypes: input.event_types,
    filter: input.filter,
    template: input.template,
    headers: input.headers,
    ordering: input.ordering,
    concurrency: input.concurrency,
    ratePerSecond: input.rate_per_second,
    batchSize: input.batch_size,
    timeoutMs: input.timeout_ms,
    retrySchedule: input.retry_schedule,
    expiryMs: input.expiry_ms,
  }
}
