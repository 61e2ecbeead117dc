import { createPublicKey, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto'
import * as Hash from 'ox/Hash'
import * as PublicKey from 'ox/PublicKey'
import * as Secp256k1 from 'ox/Secp256k1'
import * as Signature from 'ox/Signature'
import { toAddress } from '#sources/tron/address'
import { sha256 } from '#sources/tron/hashes'
import type { TronAddress } from '#sources/tron/records'

/** Roles whose last key is remembered: the witnesses of a network and the operators of its pools. */
const REMEMBERED = 10_000

/** r, s and v. Some wallets append bytes, which nodes do not look at: signatures of 68 bytes exist. */
const LENGTH = 65

/**
 * Tells who signed. To recover a key takes five times as long as to verify a signature under one that
 * is known, so that the last one of each role is remembered.
 */
export class Signers {
  readonly #lastOf = new Map<string, { signer: TronAddress; key: KeyObject }>()

  /**
   * The account whose key signed these bytes; null where the signature is none.
   *
   * @param role for whom it was signed: the same key signs again for it, most of the time
   */
  async signerOf(bytes: Buffer, signature: Buffer, role: string): Promise<TronAddress | null> {
    const last = this.#lastOf.get(role)
    if (last && signature.length >= LENGTH) {
      const pair = signature.subarray(0, LENGTH - 1)
      const options = { key: last.key, dsaEncoding: 'ieee-p1363' as const }
      if (await verifyBeside(bytes, options, pair)) return last.signer
    }
    const point = recoverPoint(bytes, signature)
    return point && this.#remember(role, point)
  }

  #remember(role: string, point: Buffer): TronAddress {
    const hash = Hash.keccak256(point, { as: 'Bytes' })
    const signer = toAddress(Buffer.concat([Buffer.of(0x41), hash.subarray(-20)]))
    if (this.#lastOf.size >= REMEMBERED) this.#lastOf.clear()
    this.#lastOf.set(role, { signer, key: keyOf(point) })
    return signer
  }
}

/** On a thread of Node's pool: it takes half a millisecond, in which the next blocks are read. */
function verifyBeside(bytes: Buffer, key: VerifyKeyObjectInput, pair: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify('sha256', bytes, key, pair, (error, isRight) => {
      if (error) reject(error)
      else resolve(isRight)
    })
  })
}

/** v is 0 or 1, and 27 or 28 where a wallet counts as Ethereum did. */
function recoverPoint(bytes: Buffer, signature: Buffer): Buffer | null {
  const v = signature[LENGTH - 1]
  const yParity = v === 0 || v === 27 ? 0 : v === 1 || v === 28 ? 1 : null
  if (yParity === null) {
    return null
  }
  try {
    const pair = Buffer.concat([signature.subarray(0, LENGTH - 1), Buffer.of(yParity)])
    const payload = sha256(bytes)
    const key = Secp256k1.recoverPublicKey({ payload, signature: Signature.fromBytes(pair) })
    return Buffer.from(PublicKey.toBytes(key).subarray(1))
  } catch {
    // A pair that belongs to no point of the curve.
    return null
  }
}

function keyOf(point: Buffer): KeyObject {
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((half) =>
    half.toString('base64url')
  )
  return createPublicKey({ key: { kty: 'EC', crv: 'secp256k1', x, y }, format: 'jwk' })
}
