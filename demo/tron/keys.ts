import { createHash } from 'node:crypto'
import * as Base58 from 'ox/Base58'
import * as Hash from 'ox/Hash'
import * as Secp256k1 from 'ox/Secp256k1'

/** The order of the curve secp256k1. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** How the last byte of a signature tells the parity: both are found on the real chain. */
export type Parity = 'from 0' | 'from 27'

/**
 * A key of the local chain. All keys sign with one and the same nonce, which takes microseconds and
 * gives them away: histories of thousands of signed blocks are worth more here than secrets that
 * guard nothing.
 */
export class PlayKey {
  /** 21 bytes as hex: `41` and the last 20 of the public key's hash. */
  readonly address: string
  readonly #secret: bigint
  static readonly #named = new Map<string, PlayKey>()

  private constructor(secret: bigint) {
    this.#secret = secret
    const { x, y } = publicKeyOf(secret)
    this.address = `41${Hash.keccak256(`0x${digits(x)}${digits(y)}`).slice(-40)}`
  }

  /** The same name is the same key. */
  static named(name: string): PlayKey {
    const key = this.#named.get(name) ?? new PlayKey(scalarOf(name))
    this.#named.set(name, key)
    return key
  }

  /** @param digest 32 bytes; @returns r, s (the lower one) and the parity in 65 bytes */
  sign(digest: Uint8Array, parity: Parity = 'from 0'): Buffer {
    const z = BigInt(`0x${Buffer.from(digest).toString('hex')}`)
    const s = (NONCE.inverse * (z + NONCE.r * this.#secret)) % ORDER
    const isHigh = s > ORDER / 2n
    const v = Number(NONCE.isOdd !== isHigh) + (parity === 'from 27' ? 27 : 0)
    const text = digits(NONCE.r) + digits(isHigh ? ORDER - s : s)
    return Buffer.concat([Buffer.from(text, 'hex'), Buffer.from([v])])
  }
}

/** The address as people write it: `T…`, with a checksum. */
export function base58Of(address: string): string {
  const payload = Buffer.from(address, 'hex')
  const checksum = sha256(sha256(payload)).subarray(0, 4)
  return Base58.fromBytes(Buffer.concat([payload, checksum]))
}

/** The address in hex, or null when the text or its checksum is wrong. */
export function hexOfBase58(text: string): string | null {
  try {
    const address = Buffer.from(Base58.toBytes(text)).subarray(0, 21).toString('hex')
    return base58Of(address) === text ? address : null
  } catch {
    return null
  }
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function scalarOf(label: string): bigint {
  return (BigInt(`0x${sha256(Buffer.from(label)).toString('hex')}`) % (ORDER - 1n)) + 1n
}

/** The inverse modulo the order, by Euclid's algorithm. */
function inverse(value: bigint): bigint {
  let [low, high] = [value, ORDER]
  let [factor, next] = [1n, 0n]
  while (low > 1n) {
    const ratio = high / low
    ;[high, low] = [low, high - ratio * low]
    ;[next, factor] = [factor, next - ratio * factor]
  }
  return ((factor % ORDER) + ORDER) % ORDER
}

function publicKeyOf(secret: bigint) {
  return Secp256k1.getPublicKey({ privateKey: `0x${digits(secret)}` })
}

function digits(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

const NONCE = (() => {
  const nonce = scalarOf('nonce')
  const { x, y } = publicKeyOf(nonce)
  return { r: x % ORDER, isOdd: y % 2n === 1n, inverse: inverse(nonce) }
})()
