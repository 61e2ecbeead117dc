import { hash } from 'node:crypto'
import * as Base58 from 'ox/Base58'

const HEX = /^(?:0x)?(41[0-9a-f]{40})$/i
const EVM_FORM = /^0x([0-9a-f]{40})$/i
const BASE58 = /^T[1-9A-HJ-NP-Za-km-z]{33}$/

/** An address is 21 bytes, `41` and the 20 that an EVM chain has; base58 adds a checksum of four. */
const ADDRESS_BYTES = 21
const CHECKSUM_BYTES = 4

/** Most records are of a few addresses that come again and again. */
const MOST_REMEMBERED = 10_000
const remembered = new Map<string, string>()

/**
 * An address of TRON as people and explorers write it and as it is stored: base58check, from `T` on.
 *
 * @param hex its 21 bytes, `41…`, in lower case
 */
export function tronAddress(hex: string): string {
  const known = remembered.get(hex)
  if (known !== undefined) {
    return known
  }
  const bytes = Buffer.from(hex, 'hex')
  const address = Base58.fromBytes(Buffer.concat([bytes, checksum(bytes)]))
  if (remembered.size >= MOST_REMEMBERED) {
    remembered.clear()
  }
  remembered.set(hex, address)
  return address
}

/**
 * Reads an address of TRON in any of its forms: base58 with its checksum, `41…` or `0x41…` in
 * hexadecimal, or the 20 bytes of the EVM form behind `0x`.
 *
 * @returns it in base58; null when the text is none, or its checksum is wrong
 */
export function readTronAddress(text: string): string | null {
  const [, hex] = HEX.exec(text) ?? []
  if (hex) {
    return tronAddress(hex.toLowerCase())
  }
  const [, evm] = EVM_FORM.exec(text) ?? []
  if (evm) {
    return tronAddress(`41${evm.toLowerCase()}`)
  }
  return BASE58.test(text) && isWhole(text) ? text : null
}

/** Addresses in base58 whose checksum was found right. */
const whole = new Set<string>()

function isWhole(text: string): boolean {
  if (whole.has(text)) {
    return true
  }
  const isRight = hasChecksum(text)
  if (isRight) {
    if (whole.size >= MOST_REMEMBERED) whole.clear()
    whole.add(text)
  }
  return isRight
}

function hasChecksum(text: string): boolean {
  const bytes = Buffer.from(Base58.toBytes(text))
  const address = bytes.subarray(0, ADDRESS_BYTES)
  return (
    bytes.length === ADDRESS_BYTES + CHECKSUM_BYTES &&
    address[0] === 0x41 &&
    checksum(address).equals(bytes.subarray(ADDRESS_BYTES))
  )
}

/** The first four bytes of a double SHA-256. */
function checksum(bytes: Buffer): Buffer {
  return hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer').subarray(0, CHECKSUM_BYTES)
}
