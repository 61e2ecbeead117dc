import { signatureOf } from '#demo/okx/rest/check_signature'
import { SocketRefusal } from '#demo/okx/socket/socket_refusal'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Venue } from '#demo/okx/venue'

/**
 * The account that a login is for.
 *
 * @param host that the connection was opened to: each region and environment has its own
 * @throws SocketRefusal
 */
export function logIn(venue: Venue, host: string, fields: Record<string, unknown>): VenueAccount {
  const { apiKey, passphrase, timestamp, sign } = fields
  if (typeof apiKey !== 'string' || !apiKey) throw new SocketRefusal('60005')
  if (typeof timestamp !== 'string' || !/^\d{10}(\.\d+)?$/.test(timestamp)) {
    throw new SocketRefusal('60004')
  }
  if (Math.abs(venue.now() - Number(timestamp) * 1000) > venue.knobs.signatureMs) {
    throw new SocketRefusal('60006')
  }
  const account = venue.accountOfKey(apiKey, host)
  if (!account) throw new SocketRefusal('60032')
  if (passphrase !== account.key.passphrase) throw new SocketRefusal('60024')
  if (sign !== signatureOf(account.key.secret, `${timestamp}GET/users/self/verify`)) {
    throw new SocketRefusal('60007')
  }
  return account
}
