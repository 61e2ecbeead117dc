import { OperatorError } from '#foundation/errors'
import { readHeader } from '#collectors/tron/node_answers'
import type { TronNodes } from '#collectors/tron/tron_nodes'
import { readAccountSums } from '#sources/tron/account_sums'

/**
 * The first block that can hold something of an account: that in which it was made. What nodes say of
 * its time is under no root; an account check from there on finds out whether it was right.
 *
 * @param address in base58
 * @param newest a block that exists
 * @throws OperatorError for an account that there is not
 * @throws RpcFailure
 */
export async function accountBeginning(
  nodes: TronNodes,
  address: string,
  newest: number
): Promise<number> {
  const question = { address, visible: true }
  const { createdAt } = await nodes.ask((node) =>
    node.ask('getaccount', question, readAccountSums, 'walletsolidity')
  )
  if (createdAt === null) {
    throw new OperatorError(`${address} does not exist on TRON ${nodes.network.name}`)
  }
  return firstBlockSince(nodes, createdAt, newest)
}

/** Times grow with the numbers: halving takes 27 small answers on the main network. */
async function firstBlockSince(nodes: TronNodes, time: number, newest: number): Promise<number> {
  let [low, high] = [1, newest]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { timestampMs } = await nodes.ask((node) => readHeader(node, middle))
    if (timestampMs >= time) high = middle
    else low = middle + 1
  }
  return low
}
