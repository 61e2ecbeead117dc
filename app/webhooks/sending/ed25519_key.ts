import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** What stands before the 32 bytes of the seed in a PKCS#8 document (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED_BYTES = 32

/**
 * The key of an asymmetric Standard Webhooks secret: `whsk_` and, in base64, the seed with the
 * public key behind it.
 *
 * @throws when the text is anything else
 */
export function ed25519Key(secret: string): KeyObject {
  const pair = Buffer.from(secret.replace(/^whsk_/, ''), 'base64')
  if (pair.length === 2 * SEED_BYTES) {
    const der = Buffer.concat([PKCS8_HEAD, pair.subarray(0, SEED_BYTES)])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    if (spki.subarray(-SEED_BYTES).equals(pair.subarray(SEED_BYTES))) {
      return key
    }
  }
  throw new Error(
    'An asymmetric secret is whsk_ and, in base64, a seed of 32 bytes and its public key'
  )
}
