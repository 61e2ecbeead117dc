import type { Hash } from 'viem'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { takenOut, type RawReceipt, type RawTransaction } from '#billing/watching/transaction'

/**
 * What a transaction took out of the account that sent it, in wei, its fee included.
 *
 * @throws RpcFailure
 */
export async function sweptAmount(endpoints: EndpointPool, hash: Hash): Promise<bigint> {
  return endpoints.ask(async (endpoint) => {
    const transaction = (await endpoint.call('eth_getTransactionByHash', [hash])) as RawTransaction
    const receipt = (await endpoint.call('eth_getTransactionReceipt', [hash])) as RawReceipt
    if (!transaction || !receipt) {
      throw new RpcFailure('lagging', `${endpoint.name} answered no transaction ${hash}`)
    }
    return takenOut(transaction, receipt)
  })
}
