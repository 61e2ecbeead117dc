import { Refusal } from '#foundation/errors'
import { reasonWords } from '#delivery/reason_words'
import { NO_CAUSE } from '#models/reasons'
import type { Cause, EndpointReason } from '#models/reasons'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { refuseTwin } from '#webhooks/endpoints/receiver_url'
import { skipPending } from '#delivery/queue/left_behind'

/** What an endpoint is without that gets events. */
export const IN_SERVICE = { ...NO_CAUSE, failedSince: null, failingSince: null }

/**
 * Puts an endpoint back in service. It gets what is stored from now on; what it missed it gets by a
 * replay.
 *
 * @throws Refusal when there is none, WEBHOOK_URLS names it no longer, or another active endpoint of its
 *   owner has its URL
 */
export function enableEndpoint(id: string | number, clock: Clock): Promise<WebhookEndpoint> {
  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    if (endpoint.origin === 'env' && endpoint.reason === 'not_in_environment') {
      throw Refusal.invalid(
        'state',
        `Endpoint ${endpoint.id} was ${reasonWords.not_in_environment}: put it back there and restart the sender`
      )
    }
    if (endpoint.state !== 'active') {
      const { ownerId, url } = endpoint
      await refuseTwin(trx, { id: endpoint.id, ownerId, url })
    }
    return endpoint.merge({ state: 'active', ...IN_SERVICE, updatedAt: clock.now() }).save()
  })
}

/**
 * Takes an endpoint out of service. A running sender sees it within WEBHOOK_INTERVAL; pending jobs
 * are skipped and can be replayed. Disabling again changes the reason.
 *
 * @throws Refusal
 */
export function disableEndpoint(
  id: string | number,
  cause: Cause<EndpointReason>,
  clock: Clock
): Promise<WebhookEndpoint> {
  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    return endpoint
      .merge({ state: 'disabled', ...cause, failedSince: null, updatedAt: clock.now() })
      .save()
  })
}

/**
 * Deletes an endpoint. Its pending jobs are skipped, its jobs and attempts stay on record. A request
 * that a sender has under way may still arrive.
 *
 * @throws Refusal
 */
export async function deleteEndpoint(id: number) {
  await writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    await endpoint.delete()
  })

  let skipped: number
  do {
    skipped = await skipPending('webhook', id, 'target_deleted')
  } while (skipped > 0)
}
