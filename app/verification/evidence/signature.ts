import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** The operator's Ed25519 key. */
export interface SigningKey {
  privateKey: KeyObject
  /** 32 bytes in lower-case hex. */
  publicKey: string
}

export interface EvidenceSignature {
  algorithm: 'ed25519'
  public_key: string
  /** 64 bytes in lower-case hex. */
  signature: string
}

/** What stands before the 32 bytes of an Ed25519 key in DER: RFC 8410. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** @param seed 32 bytes in hex */
export function signingKeyOf(seed: string): SigningKey {
  const key = Buffer.concat([PRIVATE_PREFIX, Buffer.from(seed, 'hex')])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: der.subarray(PUBLIC_PREFIX.length).toString('hex') }
}

export function signText(text: string, { privateKey, publicKey }: SigningKey): EvidenceSignature {
  const signature = sign(null, Buffer.from(text), privateKey).toString('hex')
  return { algorithm: 'ed25519', public_key: publicKey, signature }
}

/** Written in any other way, the same bytes would make another file. */
const PUBLIC_KEY = /^[0-9a-f]{64}$/
const SIGNATURE = /^[0-9a-f]{128}$/

/** Whether the text was signed with the key that the signature names: whose key that is, it cannot say. */
export function isSignatureOf(
  text: string,
  { algorithm, public_key: signer, signature }: EvidenceSignature
): boolean {
  if (algorithm !== 'ed25519' || !PUBLIC_KEY.test(signer) || !SIGNATURE.test(signature)) {
    return false
  }
  const key = Buffer.concat([PUBLIC_PREFIX, Buffer.from(signer, 'hex')])
  try {
    const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}
