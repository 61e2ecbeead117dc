import { tronAddress } from '#foundation/text/tron_address'
import { TronDecodeError } from '#sources/tron/decode_error'
import type { TronAddress } from '#sources/tron/records'

/** An account as bytes and nodes write it: `41` and 40 hex digits. Base58 is for what is stored. */
export type TronAccount = string

/** An account is 21 bytes, of which the first is always the same on every public network. */
const LENGTH = 21
const PREFIX = 0x41

/** @throws TronDecodeError for bytes that are no account */
export function accountOf(bytes: Buffer): TronAccount {
  if (bytes.length !== LENGTH || bytes[0] !== PREFIX) {
    throw new TronDecodeError('an address is not 41 and 20 bytes')
  }
  return bytes.toString('hex')
}

/**
 * The address of account bytes.
 *
 * @throws TronDecodeError for bytes that are no account
 */
export function toAddress(bytes: Buffer): TronAddress {
  return tronAddress(accountOf(bytes))
}
