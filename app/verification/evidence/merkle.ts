import { createHash } from 'node:crypto'

/** What a hash is taken of is told apart by its first byte: no node can pass for a leaf. */
const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/** Bytes of a salt. Without its salt, a leaf does not tell what stands in it. */
export const SALT_BYTES = 16

/** The salt of what two sides compute on their own and compare. */
export const NO_SALT = Buffer.alloc(SALT_BYTES)

/** `sha256(0x00 ‖ salt ‖ content)`; text counts as its UTF-8 bytes. */
export function hashLeaf(salt: Uint8Array, content: string | Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(salt).update(content).digest()
}

/**
 * The root over leaves in their order: `sha256(0x01 ‖ left ‖ right)`, and one that is left over goes
 * up unchanged. Doubling it instead, as older trees do, gives two lists the same root.
 *
 * @returns lower-case hex
 * @throws RangeError without leaves
 */
export function merkleRoot(leaves: readonly Buffer[]): string {
  if (leaves.length === 0) {
    throw new RangeError('There is no root without leaves')
  }
  let level = leaves
  while (level.length > 1) {
    level = pairUp(level)
  }
  return level[0]!.toString('hex')
}

function pairUp(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = []
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at]!, level[at + 1]]
    above.push(right ? createHash('sha256').update(NODE).update(left).update(right).digest() : left)
  }
  return above
}
