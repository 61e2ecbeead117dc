import { hash } from 'node:crypto'
import { keccak256 } from 'viem'

/** The logs bloom of a block (Ethereum yellow paper, 4.3.1) over its logs' addresses and topics. */
export function bloomOf(values: readonly string[]): `0x${string}` {
  const bloom = new Uint8Array(256)
  for (const bit of values.flatMap(bitsOf)) {
    bloom[255 - (bit >> 3)]! |= 1 << (bit & 7)
  }
  return `0x${Buffer.from(bloom).toString('hex')}`
}

/** Contracts and kinds of events are few, and Keccak is slow. */
const known = new Map<string, number[]>()

function bitsOf(value: string): number[] {
  const bits = known.get(value) ?? bitsOfHash(keccak256(value as `0x${string}`, 'bytes'))
  known.set(value, bits)
  return bits
}

function bitsOfHash(bytes: Uint8Array): number[] {
  return [0, 2, 4].map((at) => ((bytes[at]! << 8) + bytes[at + 1]!) & 0x7ff)
}

/** 32 bytes that depend on some words, in hex digits. */
export function hashOf(...words: unknown[]): `0x${string}` {
  return `0x${hash('sha256', words.join('/'))}`
}
