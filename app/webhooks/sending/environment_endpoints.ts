import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { writeTransaction } from '#foundation/db/transaction'
import { because, NO_CAUSE } from '#models/reasons'
import { sealSecrets } from '#models/signing_secret'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { signingKey } from '#webhooks/sending/signature'

/** WEBHOOK_URLS names receivers that cannot be served. Nothing is sent until it is corrected. */
export class UnusableSettings extends OperatorError {}

/** Why an endpoint is disabled that the environment names no longer. */
const REMOVED = { ...because('not_in_environment'), failed_since: null }

/**
 * Makes the endpoints of origin `env` equal to WEBHOOK_URLS: new ones are created, those no longer
 * named are disabled, those named again are active again. One that a 410 disabled stays disabled
 * until it is taken out of WEBHOOK_URLS and put back.
 *
 * @throws UnusableSettings when WEBHOOK_SECRET is missing or no secret, or a URL holds a password
 */
export async function syncEnvironmentEndpoints(settings: DeliverySettings, clock: Clock) {
  // In their normal form, as those that are added: without it a twin would not be known as one.
  const urls = [...new Set(settings.urls.map((url) => new URL(url).href))]
  refuseUnusable(urls, settings.secret)

  await writeTransaction(async (trx) => {
    const now = clock.now()
    await disableRemoved(trx, urls, now)
    for (const url of urls) {
      await storeEndpoint(trx, url, settings, now)
    }
  })
}

function refuseUnusable(urls: readonly string[], secret: string | undefined) {
  if (urls.length === 0) {
    return
  }
  if (urls.some((url) => new URL(url).username || new URL(url).password)) {
    throw new UnusableSettings(
      'WEBHOOK_URLS holds a user name or password. Receivers know us by the signature: leave it out.'
    )
  }
  try {
    signingKey(secret ?? '')
  } catch (error) {
    const problem = secret ? 'is not a signing secret' : 'is missing'
    throw new UnusableSettings(
      `WEBHOOK_URLS is set, but WEBHOOK_SECRET ${problem}. ${(error as Error).message}`
    )
  }
}

async function disableRemoved(trx: TransactionClientContract, urls: string[], now: number) {
  await trx
    .from('webhook_endpoints')
    .where('origin', 'env')
    .whereNotIn('url', urls)
    .where((query) => query.whereNull('reason').orWhereNot('reason', REMOVED.reason))
    .update({ state: 'disabled', ...REMOVED, updated_at: now })
}

async function storeEndpoint(
  trx: TransactionClientContract,
  url: string,
  { secret, endpoint }: DeliverySettings,
  now: number
) {
  const columns = {
    secrets: sealSecrets([{ value: secret!, expiresAt: null }]),
    concurrency: endpoint.concurrency,
    batch_size: endpoint.batchSize,
    timeout_ms: endpoint.timeoutMs,
    updated_at: now,
  }

  await trx.from('webhook_endpoints').where({ origin: 'env', url }).update(columns)
  await trx
    .from('webhook_endpoints')
    .where({ origin: 'env', url, reason: REMOVED.reason })
    .update({ state: 'active', ...NO_CAUSE })
  await trx
    .knexQuery()
    .table('webhook_endpoints')
    .insert({ ...columns, origin: 'env', url, event_types: '["*"]', created_at: now })
    .onConflict()
    .ignore()
}
