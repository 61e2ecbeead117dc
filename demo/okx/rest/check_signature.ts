import { createHmac } from 'node:crypto'
import { RestRefusal } from '#demo/okx/rest/answer'
import type { Venue } from '#demo/okx/venue'
import type { VenueAccount } from '#demo/okx/venue_account'

export interface SignedRequest {
  method: string
  /** With the query. */
  path: string
  body: string
  headers: Headers
  /** The host that was asked, and the address that it came from. */
  host: string
  ip: string
}

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The account whose key signed the request.
 *
 * @throws RestRefusal with what the venue says of a key, a time or a signature that is not good
 */
export function accountOf(venue: Venue, request: SignedRequest): VenueAccount {
  const { headers, method, path, body, host, ip } = request
  const apiKey = header(headers, 'OK-ACCESS-KEY', '50103')
  const passphrase = header(headers, 'OK-ACCESS-PASSPHRASE', '50104')
  const sign = header(headers, 'OK-ACCESS-SIGN', '50106')
  const timestamp = header(headers, 'OK-ACCESS-TIMESTAMP', '50107')
  const at = Date.parse(timestamp)
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(timestamp) || Number.isNaN(at)) {
    throw new RestRefusal('50112')
  }
  if (Math.abs(venue.now() - at) > venue.knobs.signatureMs) throw new RestRefusal('50102')
  if (!KEY.test(apiKey)) throw new RestRefusal('50111')
  const account = venue.accountOfKey(apiKey, host)
  if (!account) throw new RestRefusal('50119')
  if ((headers.get('x-simulated-trading') === '1') !== account.isDemo)
    throw new RestRefusal('50101')
  if (passphrase !== account.key.passphrase) throw new RestRefusal('50105')
  if (account.ip && account.ip !== ip) throw new RestRefusal('50110', ip)
  if (sign !== signatureOf(account.key.secret, timestamp + method + path + body)) {
    throw new RestRefusal('50113')
  }
  return account
}

export function signatureOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64')
}

function header(headers: Headers, name: string, code: string): string {
  const value = headers.get(name)
  if (!value) throw new RestRefusal(code)
  return value
}
