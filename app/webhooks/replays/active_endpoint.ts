import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { requirePro } from '#billing/plans/pro_users'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { DisabledEndpoint } from '#webhooks/replays/replay_errors'

/**
 * The endpoint of a replay, which its owner may have at `now` (epoch milliseconds).
 *
 * @throws UnknownEndpoint, DisabledEndpoint, or NeedsPro when its owner's plan has ended
 */
export async function activeEndpoint(
  id: string | number,
  now: number,
  trx?: TransactionClientContract
): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id, trx)
  if (endpoint.state !== 'active') {
    throw new DisabledEndpoint(
      `Endpoint ${id} is disabled. Enable it first: node ace webhook:enable ${id}`
    )
  }
  await requirePro(endpoint.ownerId, now, trx)
  return endpoint
}
