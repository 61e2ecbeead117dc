import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { RefusedEndpoint } from '#delivery/endpoints/endpoint_errors'
import { knownPatterns } from '#delivery/endpoints/event_types'
import { newSecret } from '#delivery/endpoints/new_secret'
import { receiverUrl } from '#delivery/endpoints/receiver_url'

interface NewEndpoint {
  url: string
  /** Exact types, `launch.*`, or `*`. */
  eventTypes: readonly string[]
  description: string | null
}

/**
 * Stores an endpoint, which gets what is stored from now on. The secret is in the answer and can
 * be had nowhere else.
 *
 * @throws RefusedEndpoint when the URL or an event type cannot be used, or the URL is in use
 */
export async function addEndpoint(
  { url: text, eventTypes, description }: NewEndpoint,
  { endpoint: defaults, allowedNetworks }: DeliverySettings,
  clock: Clock
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const patterns = knownPatterns(eventTypes)
  const url = await receiverUrl(text, allowedNetworks)
  await refuseDouble(url, text)

  const secret = newSecret()
  const now = clock.now()
  const endpoint = await WebhookEndpoint.create({
    ...defaults,
    url,
    description,
    origin: 'table',
    secrets: [{ value: secret, expiresAt: null }],
    eventTypes: patterns,
    state: 'active',
    createdAt: now,
    updatedAt: now,
  })
  return { endpoint, secret }
}

/** A receiver with two endpoints would get each event twice. URLs of the environment are as typed. */
async function refuseDouble(url: string, text: string) {
  const twin = await WebhookEndpoint.query()
    .whereIn('url', [url, text])
    .where('state', 'active')
    .first()
  if (twin) {
    throw new RefusedEndpoint('url', `Endpoint ${twin.id} has this URL already`)
  }
}
