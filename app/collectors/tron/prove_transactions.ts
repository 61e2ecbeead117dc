import type { ProofState } from '#sources/tron/records'
import type { GivenBlock } from '#sources/tron/block'
import type { LinkedBlock } from '#collectors/tron/final_blocks'
import type { GrpcBlocks } from '#collectors/tron/grpc_blocks'
import { readBlock } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** The transactions of a block, and what stands behind them. */
export interface ProvenBlock {
  given: GivenBlock
  proof: ProofState
}

/**
 * Makes sure of the transactions of a final block. Where JSON has lost bytes the root does not match,
 * though nothing is wrong: then bytes over gRPC prove it, or the JSON of another node does, or two nodes
 * agree. Who has shown another list than was proven, or than most, is marked.
 *
 * @returns null where nodes contradict each other and nothing decides
 */
export async function proveTransactions(
  nodes: TronNodes,
  grpc: GrpcBlocks,
  block: LinkedBlock
): Promise<ProvenBlock | null> {
  const { given, id, node, number } = block
  if (given.isProven) {
    return { given, proof: 'proven' }
  }
  const bytes = await grpc.read(number, id)
  if (bytes) {
    markOthers(nodes, [{ node, given }], bytes)
    return { given: bytes, proof: 'proven' }
  }

  const told = [{ node, given }]
  for (const other of nodes.othersThan(node)) {
    const second = await nodes.askFirstOf([other], (each) => readBlock(each, number))
    if (second?.header.id !== id) continue

    told.push({ node: other, given: second })
    if (second.isProven) {
      markOthers(nodes, told, second)
      return { given: second, proof: 'proven' }
    }
    const agreed = told.find((one) =>
      told.some((two) => one !== two && isSame(one.given, two.given))
    )
    if (agreed) {
      markOthers(nodes, told, agreed.given)
      return { given: agreed.given, proof: 'agreed' }
    }
  }
  return told.length === 1 ? { given, proof: 'single' } : null
}

interface Told {
  node: TronNode
  given: GivenBlock
}

function markOthers(nodes: TronNodes, told: Told[], right: GivenBlock) {
  for (const { node, given } of told) {
    if (!isSame(given, right)) {
      const what = `showed other transactions of block ${given.header.number} than it holds`
      nodes.mark(node, 'forged_block', what)
    }
  }
}

/** By what was signed, and by whom. */
function isSame(one: GivenBlock, other: GivenBlock): boolean {
  return one.signedHash === other.signedHash
}
