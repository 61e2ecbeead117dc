import { hash } from 'node:crypto'

/**
 * SHA-256, which TRON uses wherever other chains have Keccak. Node's own takes a fifth of ox's time. As
 * text it comes in a third of the time that a buffer of its own takes.
 */
export function sha256(...parts: Uint8Array[]): Buffer {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary')
}

/** The same as 64 hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

const HASH_BYTES = 32

/**
 * The Merkle root over the hashes of a block's transactions: pairs are hashed together, an odd one is
 * promoted unchanged. Without transactions it is 32 zero bytes.
 *
 * @see org.tron.core.capsule.utils.MerkleTree in java-tron
 */
export function merkleRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) {
    return Buffer.alloc(HASH_BYTES)
  }
  // Pairs lie beside each other, and each level is written over the one below.
  const level = Buffer.concat(leaves)
  for (let length = level.length; length > HASH_BYTES;) {
    let written = 0
    for (let at = 0; at < length; at += 2 * HASH_BYTES) {
      const pair = level.subarray(at, Math.min(at + 2 * HASH_BYTES, length))
      written +=
        pair.length > HASH_BYTES
          ? level.write(hash('sha256', pair, 'binary'), written, 'binary')
          : pair.copy(level, written)
    }
    length = written
  }
  return level.subarray(0, HASH_BYTES)
}
