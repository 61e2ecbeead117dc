import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { usableSettings } from '#webhooks/endpoints/endpoint_settings'
import type { EndpointSettings } from '#webhooks/endpoints/endpoint_settings'
import { newSecret } from '#webhooks/endpoints/endpoint_secrets'
import { receiverUrl, refuseTwin } from '#webhooks/endpoints/receiver_url'

interface NewEndpoint extends Partial<EndpointSettings> {
  url: string
  /** Exact types, `launch.*`, or `*`. */
  eventTypes: string[]
  /** The user whose endpoint it is; the operator's own unless given. */
  ownerId?: number | null
}

/**
 * Stores an endpoint, which gets what is stored from now on. The secret is in the answer and can
 * be had nowhere else.
 *
 * @throws Refusal when the URL or a setting cannot be used, or the URL is in use
 */
export async function addEndpoint(
  { url: text, ownerId = null, ...settings }: NewEndpoint,
  { endpoint: defaults, allowedNetworks }: DeliverySettings,
  clock: Clock
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const usable = usableSettings(settings)
  const url = await receiverUrl(text, allowedNetworks)
  const secret = newSecret()
  const now = clock.now()

  const endpoint = await writeTransaction(async (client) => {
    await refuseTwin(client, { ownerId, url })
    const columns = { ...defaults, ...usable, url, ownerId, createdAt: now, updatedAt: now }
    const { id } = await WebhookEndpoint.create(
      {
        ...columns,
        secrets: [{ value: secret, expiresAt: null }],
        origin: 'table',
        state: 'active',
      },
      { client }
    )
    return WebhookEndpoint.findOrFail(id, { client })
  })
  return { endpoint, secret }
}
