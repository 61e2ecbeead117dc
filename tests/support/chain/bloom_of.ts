import { keccak256, toBytes } from 'viem'

/** The logs bloom of a block (Ethereum yellow paper, 4.3.1) over its logs' addresses and topics. */
export function bloomOf(values: readonly string[]): `0x${string}` {
  const bloom = new Uint8Array(256)
  for (const value of values) {
    const hash = keccak256(value as `0x${string}`, 'bytes')
    for (const at of [0, 2, 4]) {
      const bit = ((hash[at]! << 8) + hash[at + 1]!) & 0x7ff
      bloom[255 - (bit >> 3)]! |= 1 << (bit & 7)
    }
  }
  return `0x${Buffer.from(bloom).toString('hex')}`
}

/** A 32-byte hash of some words. */
export function hashOf(...words: unknown[]): `0x${string}` {
  return keccak256(toBytes(words.join('/')))
}
