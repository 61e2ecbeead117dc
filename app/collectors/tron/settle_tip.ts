import { majorityHash } from '#foundation/rpc/fork_vote'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { LinkedBlock } from '#collectors/tron/final_blocks'
import { readHeader } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/**
 * Makes sure that no other node shows another block at the height of a final one: witnesses that sign
 * two of them, or all of a made-up chain, are beyond what signatures tell. Where most nodes agree, the
 * others are marked.
 *
 * @throws RpcFailure `lagging` where the block is not that of most nodes
 */
export async function settleTip(nodes: TronNodes, block: LinkedBlock) {
  const { id, node, number } = block
  const idAt = async (each: TronNode) => {
    const header = await readHeader(each, number)
    return header.id
  }
  const other = await nodes.askFirstOf(nodes.othersThan(node), idAt)
  if (other === null || other === id) return

  const votes = await nodes.askEach(async (each) => ({ endpoint: each, hash: await idAt(each) }))
  const majority = majorityHash(votes)
  for (const { endpoint, hash } of votes) {
    if (majority && hash !== majority) {
      nodes.mark(endpoint, 'other_fork', `shows another block ${number} than most others`)
    }
  }
  if (majority !== id) {
    throw new RpcFailure('lagging', `nodes disagree about block ${number}, which is called final`)
  }
}
