import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign as signWith,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { OperatorError } from '#foundation/errors'

/** Bytes that a signing secret must have, by the Standard Webhooks specification. */
const SHORTEST = 24
const LONGEST = 64

/** A shared key, or the private half of an ed25519 pair; made ready once, as signing is frequent. */
export type SigningKey = KeyObject

/**
 * The key of a Standard Webhooks secret: base64 behind an optional `whsec_`, or behind `whsk_` for
 * ed25519.
 *
 * @throws OperatorError when the text is not base64 of 24 to 64 bytes, or not a pair of ed25519 keys
 */
export function signingKey(secret: string): SigningKey {
  if (secret.startsWith('whsk_')) {
    return ed25519Key(secret)
  }
  const encoded = secret.replace(/^whsec_/, '')
  const key = Buffer.from(encoded, 'base64')

  if (!/^[A-Za-z0-9+/_-]+=*$/.test(encoded) || key.length < SHORTEST || key.length > LONGEST) {
    throw new OperatorError(
      `A signing secret is whsec_ and ${SHORTEST} to ${LONGEST} bytes in base64. Make one with: ` +
        `node -e 'console.log("whsec_" + crypto.randomBytes(32).toString("base64"))'`
    )
  }
  return createSecretKey(key)
}

/**
 * The `webhook-signature` header: one signature per key, `v1` or for ed25519 `v1a`, so that a
 * receiver that knows either the old or the new secret is content while a secret is rotated.
 *
 * @param timestamp Unix seconds, as in the `webhook-timestamp` header
 */
export function sign(
  keys: readonly SigningKey[],
  id: string,
  timestamp: number,
  body: string | Buffer
): string {
  const head = `${id}.${timestamp}.`
  return keys.map((key) => signature(key, head, body)).join(' ')
}

function signature(key: SigningKey, head: string, body: string | Buffer): string {
  if (key.type === 'secret') {
    return `v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`
  }
  const content = Buffer.concat([Buffer.from(head), Buffer.from(body)])
  return `v1a,${signWith(null, content, key).toString('base64')}`
}

/** What stands before the 32 bytes of the seed in a PKCS#8 document (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED_BYTES = 32

/**
 * The key of an asymmetric Standard Webhooks secret: `whsk_` and, in base64, the seed with the
 * public key behind it.
 *
 * @throws OperatorError when the text is anything else
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
  throw new OperatorError(
    'An asymmetric secret is whsk_ and, in base64, a seed of 32 bytes and its public key'
  )
}
