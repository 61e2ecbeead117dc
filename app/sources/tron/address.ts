import { tronAddress } from '#foundation/text/tron_address'
import { TronDecodeError } from '#sources/tron/decode_error'
import type { TronAddress } from '#sources/tron/records'

/** An account is 21 bytes, of which the first is always the same on every public network. */
const LENGTH = 21
const PREFIX = 0x41

/**
 * The address of account bytes.
 *
 * @throws TronDecodeError for bytes that are no account
 */
export function toAddress(bytes: Uint8Array): TronAddress {
  if (bytes.length !== LENGTH || bytes[0] !== PREFIX) {
    throw new TronDecodeError('an address is not 41 and 20 bytes')
  }
  return tronAddress(Buffer.from(bytes).toString('hex'))
}
