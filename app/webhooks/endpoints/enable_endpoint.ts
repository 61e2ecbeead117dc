import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { REMOVED } from '#webhooks/sending/environment_endpoints'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'

/**
 * Puts an endpoint back in service. It gets what is stored from now on; what it missed it gets by a
 * replay.
 *
 * @throws UnknownEndpoint, or RefusedEndpoint when WEBHOOK_URLS names it no longer
 */
export function enableEndpoint(id: string | number, clock: Clock): Promise<WebhookEndpoint> {
  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    if (endpoint.origin === 'env' && endpoint.stateReason === REMOVED) {
      throw new RefusedEndpoint(
        'state',
        `Endpoint ${endpoint.id} was ${REMOVED}: put it back there and restart the sender`
      )
    }
    return endpoint
      .merge({ state: 'active', stateReason: null, failingSince: null, updatedAt: clock.now() })
      .save()
  })
}
