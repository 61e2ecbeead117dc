/** Bytes, or a list of such. */
export type RlpValue = Uint8Array | readonly RlpValue[]

const SHORT = 56
const BYTES = 0x80
const LIST = 0xc0

/**
 * Recursive length prefix encoding (Ethereum yellow paper, appendix B). ox has it as well, ten times
 * slower: receipts of a block are some thousand values.
 */
export function encodeRlp(value: RlpValue): Buffer {
  if (value instanceof Uint8Array) {
    const isItself = value.length === 1 && value[0]! < BYTES
    return isItself ? Buffer.from(value) : prefixed(BYTES, [value])
  }
  return prefixed(LIST, value.map(encodeRlp))
}

function prefixed(kind: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length < SHORT) {
    return Buffer.concat([Buffer.of(kind + length), ...parts])
  }
  const size = bytesOfNumber(length)
  return Buffer.concat([Buffer.of(kind + SHORT - 1 + size.length), size, ...parts])
}

/** A number as RLP has it: whole bytes without leading zeros, none for 0. */
export function bytesOfNumber(number: number): Buffer {
  return bytesOfQuantity(`0x${number.toString(16)}`)
}

/** The same of hex digits, as nodes answer numbers. */
export function bytesOfQuantity(hex: string): Buffer {
  const digits = hex.slice(2).replace(/^0+/, '')
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

export function bytesOfHex(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}
