import { createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { ed25519Key, sign, signingKey } from '#webhooks/sending/signature'

const PUBLIC_KEY_BYTES = 32

/** A receiver's half of a secret. */
export interface Verifier {
  /** The signatures that it understands. */
  version: 'v1' | 'v1a'
  /**
   * @param signature with its version, as one of those in `webhook-signature`
   * @param timestamp Unix seconds, as in `webhook-timestamp`
   */
  isRight: (signature: string, id: string, timestamp: number, body: string) => boolean
}

/**
 * What checks the signatures of a Standard Webhooks secret: `whsec_`, or for ed25519 `whpk_`, the
 * public key, and also `whsk_`, the pair.
 *
 * @throws Error when the text is none of them
 */
export function verifier(secret: string): Verifier {
  if (secret.startsWith('whpk_')) {
    return publicVerifier(publicKey(secret))
  }
  return secret.startsWith('whsk_')
    ? publicVerifier(createPublicKey(ed25519Key(secret)))
    : sharedVerifier(secret)
}

function sharedVerifier(secret: string): Verifier {
  if (!secret.startsWith('whsec_')) {
    throw new Error(
      'The secret does not begin with whsec_, nor as a public key with whpk_: give it as it was shown'
    )
  }
  const key = signingKey(secret)
  return {
    version: 'v1',
    isRight: (given, ...signed) => isSame(given, sign([key], ...signed)),
  }
}

function publicVerifier(key: KeyObject): Verifier {
  return {
    version: 'v1a',
    isRight: (given, id, timestamp, body) => {
      const signature = Buffer.from(given.slice('v1a,'.length), 'base64')
      return verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, signature)
    },
  }
}

function publicKey(text: string): KeyObject {
  const bytes = Buffer.from(text.slice('whpk_'.length), 'base64')
  if (bytes.length !== PUBLIC_KEY_BYTES) {
    throw new Error('A public key is whpk_ and 32 bytes in base64')
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
