import { decodeFunctionResult, encodeFunctionData, multicall3Abi, type Address } from 'viem'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { multicall, MULTICALL3 } from '#foundation/rpc/multicall'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/**
 * The balances (wei) of addresses at the end of a block, in one request; in halves of it where an
 * endpoint finds that too much.
 *
 * @throws RpcFailure when even one alone cannot be read
 */
export async function readBalances(
  endpoints: EndpointPool,
  addresses: readonly string[],
  block: number
): Promise<bigint[]> {
  try {
    return await readAtOnce(endpoints, addresses, block)
  } catch (error) {
    if (!(error instanceof RpcFailure) || addresses.length < 2) {
      throw error
    }
    const middle = Math.ceil(addresses.length / 2)
    const first = await readBalances(endpoints, addresses.slice(0, middle), block)
    return [...first, ...(await readBalances(endpoints, addresses.slice(middle), block))]
  }
}

async function readAtOnce(endpoints: EndpointPool, addresses: readonly string[], block: number) {
  const calls = addresses.map((address) => ({
    target: MULTICALL3,
    callData: encodeFunctionData({
      abi: multicall3Abi,
      functionName: 'getEthBalance',
      args: [address as Address],
    }),
  }))
  const answers = await multicall(endpoints, calls, block)
  return answers.map((data) => {
    if (!data) {
      throw new RpcFailure('range', 'an endpoint answered too few balances')
    }
    return decodeFunctionResult({ abi: multicall3Abi, functionName: 'getEthBalance', data })
  })
}
