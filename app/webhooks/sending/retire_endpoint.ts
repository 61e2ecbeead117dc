import { causeWords, disablingWords } from '#delivery/reason_words'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Cause, Failure } from '#models/reasons'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { raiseAlert } from '#delivery/alerts'
import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { endpointLabel } from '#webhooks/sending/endpoint_target'

/**
 * Takes an endpoint out of service that is in service, and raises an alert.
 *
 * @param failedSince since when every attempt has failed (epoch milliseconds), when that is why
 */
export function retireEndpoint(
  id: number,
  cause: Cause<Failure>,
  failedSince: number | null,
  clock: Clock
): Promise<void> {
  return writeTransaction(async (trx) => {
    const endpoint = await knownOf(id, trx)
    if (endpoint?.state !== 'active') {
      return
    }
    const now = clock.now()
    const since = endpoint.failingSince ?? now
    const label = endpointLabel(endpoint)
    const message = `${label} is disabled: ${disablingWords({ ...cause, failedSince })}`
    await raiseAlert(
      trx,
      { kind: 'endpoint.disabled', target: targetOf(endpoint), label, since, message },
      now
    )
    await endpoint
      .merge({ state: 'disabled', ...cause, failedSince, failingSince: null, updatedAt: now })
      .save()
  })
}

/** Raises an alert for an endpoint that will be disabled if it goes on failing. */
export function warnOfFailures(
  id: number,
  since: number,
  last: Cause<Failure>,
  clock: Clock
): Promise<void> {
  return writeTransaction(async (trx) => {
    const endpoint = await knownOf(id, trx)
    if (!endpoint) {
      return
    }
    const label = endpointLabel(endpoint)
    const message =
      `${label} has only failed since ${new Date(since).toISOString()} and will be disabled ` +
      `if that goes on for as long again: ${causeWords(last)}`
    await raiseAlert(
      trx,
      { kind: 'endpoint.failing', target: targetOf(endpoint), label, since, message },
      clock.now()
    )
  })
}

function targetOf({ id, ownerId }: WebhookEndpoint) {
  return { channel: WEBHOOK, id, ownerId }
}

/** Without its secrets: an endpoint is also retired when those cannot be read. */
function knownOf(id: number, trx: TransactionClientContract): Promise<WebhookEndpoint | null> {
  const query = WebhookEndpoint.query({ client: trx })
    .where('id', id)
    .select('id', 'owner_id', 'url', 'state', 'failing_since')
  return (trx.dialect.name === 'postgres' ? query.forUpdate() : query).first()
}
