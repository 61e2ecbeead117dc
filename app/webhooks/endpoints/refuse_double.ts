import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WebhookEndpoint from '#models/webhook_endpoint'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'

interface Candidate {
  /** The endpoint itself, when it is stored already. */
  id?: number
  ownerId: number | null
  /** In its normal form, or also as it was typed: URLs of the environment are as typed. */
  urls: string[]
}

/**
 * A receiver with two endpoints of one owner would get each event twice. Of two that are stored at
 * the same time, the second waits for the first.
 *
 * @throws RefusedEndpoint when another active endpoint of the owner has the URL
 */
export async function refuseDouble(
  client: TransactionClientContract,
  { id = 0, ownerId, urls }: Candidate
) {
  if (client.dialect.name === 'postgres') {
    await client.rawQuery(`select pg_advisory_xact_lock(hashtext('endpoint ' || ?))`, [urls[0]!])
  }
  const query = WebhookEndpoint.query({ client })
    .whereIn('url', urls)
    .where('state', 'active')
    .whereNot('id', id)
  const twin = await (
    ownerId === null ? query.whereNull('owner_id') : query.where('owner_id', ownerId)
  ).first()

  if (twin) {
    throw new RefusedEndpoint('url', `Endpoint ${twin.id} has this URL already`, 'double')
  }
}
