import type WebhookEndpoint from '#models/webhook_endpoint'
import { UnknownEndpoint } from '#delivery/endpoints/endpoint_errors'
import { findEndpoint } from '#delivery/endpoints/find_endpoint'

/**
 * An endpoint, for somebody who may see that of one owner (a user's id) or those of all (null).
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
