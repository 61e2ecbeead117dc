import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { RefusedEndpoint } from '#delivery/endpoints/endpoint_errors'
import { findEndpoint } from '#delivery/endpoints/find_endpoint'

/**
 * The endpoint of a replay.
 *
 * @throws UnknownEndpoint, or RefusedEndpoint when it is disabled: all would be set aside again
 */
export async function activeEndpoint(
  id: string | number,
  trx?: TransactionClientContract
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id, trx)
  if (endpoint.state !== 'active') {
    throw new RefusedEndpoint(
      'endpoint',
      `Endpoint ${id} is disabled. Enable it first: node ace webhook:enable ${id}`
    )
  }
  return endpoint
}
