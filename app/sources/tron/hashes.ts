import { hash } from 'node:crypto'

/**
 * SHA-256, which TRON uses wherever other chains have Keccak. Node's own takes a fifth of ox's time, and
 * in one call a third of what a hash object takes.
 */
export function sha256(...parts: Uint8Array[]): Buffer {
  return hash('sha256', parts.length === 1 ? parts[0]! : Buffer.concat(parts), 'buffer')
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
