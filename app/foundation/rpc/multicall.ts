import {
  decodeFunctionResult,
  encodeFunctionData,
  multicall3Abi,
  numberToHex,
  type Address,
} from 'viem'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** Multicall3, at one address on every chain (on BSC since block 15,921,452). */
export const MULTICALL3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'

export interface ContractCall {
  target: Address
  callData: `0x${string}`
}

/**
 * Makes many view calls in one request, at the newest block or at a given one. A call that reverted
 * answers null.
 *
 * @throws RpcFailure
 */
export async function multicall(
  endpoints: EndpointPool,
  calls: ContractCall[],
  block: number | 'latest' = 'latest'
): Promise<(`0x${string}` | null)[]> {
  const data = encodeFunctionData({
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [calls.map((call) => ({ ...call, allowFailure: true }))],
  })
  const at = block === 'latest' ? block : numberToHex(block)
  return endpoints.ask(async (endpoint) => {
    const answer = await endpoint.call('eth_call', [{ to: MULTICALL3, data }, at])
    return resultsIn(answer, endpoint.name, calls.length)
  })
}

/** @throws RpcFailure `permanent` without Multicall3, `malformed` when these are not the results of all calls */
function resultsIn(answer: unknown, endpoint: string, count: number) {
  if (answer === '0x') {
    throw new RpcFailure('permanent', `${endpoint} finds no Multicall3 on this chain`)
  }
  const results = decoded(answer)
  if (results?.length !== count) {
    throw new RpcFailure('malformed', `${endpoint} answered no results of ${count} calls`)
  }
  return results.map(({ success, returnData }) => (success ? returnData : null))
}

/** Null for what is no answer of `aggregate3`. */
function decoded(answer: unknown) {
  try {
    const data = answer as `0x${string}`
    return decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data })
  } catch {
    return null
  }
}
