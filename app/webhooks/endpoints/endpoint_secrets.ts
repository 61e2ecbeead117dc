import { Refusal } from '#foundation/errors'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { randomBytes } from 'node:crypto'

/** Secrets that sign beside the newest: each is one more signature in every request. */
const MOST_RETIRING = 4

/** A secret was replaced; the one before signs as well until `oldUntil` (epoch milliseconds). */
export interface Rotation {
  endpoint: WebhookEndpoint
  secret: string
  oldUntil: number
}

/**
 * Gives an endpoint a new secret, which a running sender takes up within WEBHOOK_INTERVAL. For
 * `overlapMs` milliseconds every request carries the signatures of both, so that the receiver can
 * change over at any time within it.
 *
 * @throws Refusal when there is none, when the secret is that of the environment or of ed25519, or
 *   when too many of before still sign
 */
export function rotateSecret(
  id: string | number,
  overlapMs: number,
  clock: Clock
): Promise<Rotation> {
  return writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    if (endpoint.origin === 'env') {
      throw Refusal.invalid(
        'secret',
        `Endpoint ${endpoint.id} is one of WEBHOOK_URLS: its secret is WEBHOOK_SECRET, change it there`
      )
    }
    if (endpoint.secrets.some(({ value }) => value.startsWith('whsk_'))) {
      throw Refusal.invalid(
        'secret',
        `Endpoint ${endpoint.id} is signed with ed25519: a new pair of keys cannot be made here`
      )
    }

    const now = clock.now()
    const oldUntil = now + overlapMs
    const secret = newSecret()
    const retiring = endpoint.secrets
      .map(({ value, expiresAt }) => ({
        value,
        expiresAt: Math.min(expiresAt ?? oldUntil, oldUntil),
      }))
      .filter(({ expiresAt }) => expiresAt > now)
    if (retiring.length > MOST_RETIRING) {
      throw Refusal.invalid(
        'overlap_ms',
        `${MOST_RETIRING} secrets of before still sign for endpoint ${endpoint.id}: wait until the first of them ends, or end all of them now with an overlap of 0`
      )
    }
    endpoint.secrets = [{ value: secret, expiresAt: null }, ...retiring]
    endpoint.updatedAt = now
    await endpoint.save()
    return { endpoint, secret, oldUntil }
  })
}

const BYTES = 32

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(BYTES).toString('base64')}`
}
