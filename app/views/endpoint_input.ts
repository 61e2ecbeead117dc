import type { EndpointSettings } from '#webhooks/endpoints/endpoint_settings'

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
