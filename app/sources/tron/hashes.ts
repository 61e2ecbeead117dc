import { createHash } from 'node:crypto'

/** SHA-256, which TRON uses wherever other chains have Keccak. Node's own takes a fifth of ox's time. */
export function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/**
 * The Merkle root over the hashes of a block's transactions: pairs are hashed together, an odd one is
 * promoted unchanged. Without transactions it is 32 zero bytes.
 *
 * @see org.tron.core.capsule.utils.MerkleTree in java-tron
 */
export function merkleRoot(leaves: Buffer[]): Buffer {
  let level = leaves
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index]!, level[index + 1]]
      above.push(right ? sha256(left, right) : left)
    }
    level = above
  }
  return level[0] ?? Buffer.alloc(32)
}
