import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { RefusedEndpoint } from '#delivery/endpoints/endpoint_errors'
import { findEndpoint } from '#delivery/endpoints/find_endpoint'

export interface ReplayRequest {
  endpointId: string | number
  /** Epoch milliseconds: what is older stays as it is. */
  since: number
  /** The most events to send; of each type the oldest come first. */
  limit: number
  /** Count only. */
  isDryRun: boolean
}

/** What a replay did, or would do. */
export interface ReplayResult {
  endpoint: WebhookEndpoint
  /** Events that the endpoint gets for the first time. */
  added: number
  /** Events that go once more: they had failed, expired, been set aside, or been sent. */
  revived: number
}

/** Events put back in one transaction, so that a running sender never waits long. */
export const EVENTS_AT_ONCE = 500

/**
 * The endpoint of a replay.
 *
 * @throws UnknownEndpoint, or RefusedEndpoint when it is disabled: all would be set aside again
 */
export async function replayedEndpoint(id: string | number): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(id)
  if (endpoint.state !== 'active') {
    throw new RefusedEndpoint(
      'endpoint',
      `Endpoint ${id} is disabled. Enable it first: node ace webhook:enable ${id}`
    )
  }
  return endpoint
}

/**
 * Puts jobs back as pending, without an expiry. They keep one of their tries: the schedule begins
 * almost anew, and it stays known that the receiver may have been told of the event.
 */
export async function reviveJobs(
  trx: TransactionClientContract,
  jobIds: readonly number[],
  states: readonly string[],
  now: number
): Promise<number> {
  const revived: unknown = await trx
    .from('notification_jobs')
    .whereIn('id', [...jobIds])
    .whereIn('status', [...states])
    .update({
      status: 'pending',
      attempts: trx.raw('case when attempts > 0 then 1 else 0 end'),
      next_attempt_at: now,
      expires_at: null,
      sent_at: null,
      last_error: null,
    })
  return Number(revived)
}
