import { Refusal } from '#foundation/errors'
import { isIP } from 'node:net'
import { AddressGuard } from '#foundation/net/address_guard'
import { hostNames } from '#foundation/net/host_names'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WebhookEndpoint from '#models/webhook_endpoint'
import { reasonWords } from '#delivery/reason_words'

const EXAMPLE = 'https://example.com/hooks/regou'

/**
 * A receiver's URL in its normal form. Names are looked up for a word in time only: what counts is
 * the check of every connection, and a name that does not resolve yet may do so later.
 *
 * @param allowedNetworks private networks (CIDR) that may be sent to all the same
 * @throws Refusal when nothing can or may be sent there
 */
export async function receiverUrl(
  text: string,
  allowedNetworks: readonly string[]
): Promise<string> {
  const url = URL.parse(text)
  if (!url) {
    throw Refusal.invalid('url', `This is not a URL. Example: ${EXAMPLE}`, 'malformed')
  }
  if (!['https:', 'http:'].includes(url.protocol)) {
    throw Refusal.invalid(
      'url',
      `A URL begins with https:// or http://. Example: ${EXAMPLE}`,
      'scheme'
    )
  }
  if (url.username || url.password) {
    throw Refusal.invalid(
      'url',
      'The URL holds a user name or password. Receivers know us by the signature: leave it out.',
      'password'
    )
  }

  const guard = new AddressGuard(allowedNetworks)
  const addresses = await addressesOf(url)
  const blocked = addresses.find((address) => !guard.allows(address))
  if (blocked) {
    throw Refusal.invalid('url', `${url.host}: ${reasonWords.blocked} (${blocked})`, 'blocked')
  }
  return url.href
}

async function addressesOf(url: URL): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) {
    return [host]
  }
  return hostNames.addressesOf(host).catch(() => [])
}

interface Candidate {
  /** The endpoint itself, when it is stored already. */
  id?: number
  ownerId: number | null
  /** In its normal form. */
  url: string
}

/**
 * A receiver with two endpoints of one owner would get each event twice. Of two that are stored at
 * the same time, the second waits for the first.
 *
 * @throws Refusal when another active endpoint of the owner has the URL
 */
export async function refuseTwin(
  client: TransactionClientContract,
  { id = 0, ownerId, url }: Candidate
) {
  if (client.dialect.name === 'postgres') {
    await client.rawQuery(`select pg_advisory_xact_lock(hashtext('endpoint ' || ?))`, [url])
  }
  const query = WebhookEndpoint.query({ client }).where({ url, state: 'active' }).whereNot('id', id)
  const twin = await (
    ownerId === null ? query.whereNull('owner_id') : query.where('owner_id', ownerId)
  ).first()

  if (twin) {
    throw Refusal.invalid('url', `Endpoint ${twin.id} has this URL already`, 'double')
  }
}
