import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import { REMOVED } from '#webhooks/sending/environment_endpoints'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { skipPending } from '#delivery/queue/left_behind'

/** Why an endpoint is disabled when no reason was given. */
export const BY_OWNER = 'disabled by its owner'
export const BY_OPERATOR = 'disabled by the operator'

/** Why a pending job of an endpoint is skipped. */
export const OUT_OF_SERVICE = 'the endpoint is disabled or deleted'
export const DELETED = 'the endpoint was deleted'

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

/**
 * Takes an endpoint out of service. A running sender sees it within WEBHOOK_INTERVAL; pending jobs
 * are skipped and can be replayed. Disabling again changes the reason.
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

/**
 * Deletes an endpoint. Its pending jobs are skipped, its jobs and attempts stay on record. A request
 * that a sender has under way may still arrive.
 *
 * @throws UnknownEndpoint
 */
export async function deleteEndpoint(id: number) {
  await writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    await endpoint.delete()
  })

  let skipped: number
  do {
    skipped = await skipPending('webhook', id, DELETED)
  } while (skipped > 0)
}
