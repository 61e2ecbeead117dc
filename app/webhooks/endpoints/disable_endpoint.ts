import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'

/**
 * Takes an endpoint out of service. A running sender looks every WEBHOOK_INTERVAL; what waits is
 * set aside for a replay. Disabling again changes the reason.
 *
 * @throws UnknownEndpoint
 */
export function disableEndpoint(
  id: string | number,
  reason: string,
  clock: Clock
): Promise<WebhookEndpoint> {
  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    return endpoint.merge({ state: 'disabled', stateReason: reason, updatedAt: clock.now() }).save()
  })
}
