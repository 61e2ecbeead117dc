import type WebhookEndpoint from '#models/webhook_endpoint'
import { EnvironmentEndpoint, UnknownEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'

/**
 * An endpoint, for somebody who may see those of one owner (a user's id) or those of all (null).
 * Another's endpoint is as good as none: nobody learns which ids are taken.
 *
 * @throws UnknownEndpoint
 */
export async function ownedEndpoint(
  id: string | number,
  owner: number | null
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id)
  if (owner !== null && endpoint.ownerId !== owner) {
    throw new UnknownEndpoint(`There is no endpoint ${id}`)
  }
  return endpoint
}

/**
 * As `ownedEndpoint`, for changing it.
 *
 * @throws UnknownEndpoint, or EnvironmentEndpoint when the next start of the sender would undo it
 */
export async function changeableEndpoint(
  id: string | number,
  owner: number | null
): Promise<WebhookEndpoint> {
  const endpoint = await ownedEndpoint(id, owner)
  if (endpoint.origin === 'env') {
    throw new EnvironmentEndpoint(
      `Endpoint ${endpoint.id} comes from WEBHOOK_URLS, which it follows at every start of the sender: change it there`
    )
  }
  return endpoint
}
