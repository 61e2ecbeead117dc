import * as Hash from 'ox/Hash'
import { bytesOfNumber, encodeRlp, type RlpValue } from '#foundation/rpc/rlp'

interface Entry {
  /** The key, four bits at a time. */
  path: number[]
  value: Uint8Array
}

const NOTHING = new Uint8Array()
const HASH_BYTES = 32

/**
 * The root of the Merkle Patricia trie that holds a list by its indexes, as block headers have one of
 * their receipts (Ethereum yellow paper, appendix D).
 */
export function rootOfList(values: readonly Uint8Array[]): `0x${string}` {
  const entries = values.map((value, index) => ({ path: pathOf(index), value }))
  const root = entries.length === 0 ? NOTHING : nodeOf(entries, 0)
  return Hash.keccak256(encodeRlp(root), { as: 'Hex' })
}

function pathOf(index: number): number[] {
  return [...encodeRlp(bytesOfNumber(index))].flatMap((byte) => [byte >> 4, byte & 15])
}

/** The node over entries that share the first `depth` steps of their paths. */
function nodeOf(entries: Entry[], depth: number): RlpValue {
  const [first] = entries
  if (entries.length === 1) {
    return [compact(first!.path.slice(depth), true), first!.value]
  }
  const end = endOfShared(entries, depth)
  if (end > depth) {
    return [compact(first!.path.slice(depth, end), false), childOf(entries, end)]
  }
  const bySteps = Map.groupBy(entries, ({ path }) => path[depth]!)
  const children = Array.from({ length: 16 }, (_, step) => {
    const below = bySteps.get(step)
    return below ? childOf(below, depth + 1) : NOTHING
  })
  // No index is the beginning of another one, so no value stands in a branch itself.
  return [...children, NOTHING]
}

/** Nodes that are shorter than a hash stand in their parent themselves. */
function childOf(entries: Entry[], depth: number): RlpValue {
  const node = nodeOf(entries, depth)
  const encoded = encodeRlp(node)
  return encoded.length < HASH_BYTES ? node : Hash.keccak256(encoded, { as: 'Bytes' })
}

/** How far the paths of all entries are the same. */
function endOfShared(entries: Entry[], depth: number): number {
  const [first, ...others] = entries
  let end = depth
  while (others.every(({ path }) => path[end] === first!.path[end])) {
    end++
  }
  return end
}

/** Steps as whole bytes, behind a digit that tells whether they are even and lead to a value. */
function compact(steps: number[], isLeaf: boolean): Uint8Array {
  const flag = isLeaf ? 2 : 0
  const digits = steps.length % 2 === 0 ? [flag, 0, ...steps] : [flag + 1, ...steps]
  const byteAt = (at: number) => digits[2 * at]! * 16 + digits[2 * at + 1]!
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => byteAt(at))
}
