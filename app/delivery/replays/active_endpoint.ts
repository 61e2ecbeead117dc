import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { findEndpoint } from '#delivery/endpoints/find_endpoint'
import { DisabledEndpoint } from '#delivery/replays/replay_errors'

/**
 * The endpoint of a replay.
 *
 * @throws UnknownEndpoint, or DisabledEndpoint
 */
export async function activeEndpoint(
  id: string | number,
  trx?: TransactionClientContract
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id, trx)
  if (endpoint.state !== 'active') {
    throw new DisabledEndpoint(
      `Endpoint ${id} is disabled. Enable it first: node ace webhook:enable ${id}`
    )
  }
  return endpoint
}
