import {
  numberToHex,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  multicall3Abi,
} from 'viem'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHead } from '#foundation/rpc/read_head'
import { multicall, MULTICALL3 } from '#foundation/rpc/multicall'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** An account at the end of a block: its balance in wei, and how many transactions it has sent. */
export interface AccountState {
  block: number
  balance: bigint
  nonce: number
}

/**
 * The account at the end of a block.
 *
 * @throws RpcFailure `pruned` when no endpoint has that state any more
 */
export async function stateAt(
  endpoints: EndpointPool,
  address: string,
  block: number
): Promise<AccountState> {
  return endpoints.ask((endpoint) => readState(endpoint, address, block))
}

/**
 * The same, as one endpoint tells it.
 *
 * @throws RpcFailure
 */
export async function readState(
  endpoint: Endpoint,
  address: string,
  block: number
): Promise<AccountState> {
  const params = [address, numberToHex(block)]
  const [balance, nonce] = await Promise.all([
    endpoint.call('eth_getBalance', params),
    endpoint.call('eth_getTransactionCount', params),
  ])
  return { block, balance: quantity(balance), nonce: Number(quantity(nonce)) }
}

/**
 * The account at the newest block that no reorg takes back.
 *
 * @throws RpcFailure
 */
export async function finalizedState(
  endpoints: EndpointPool,
  address: string
): Promise<AccountState> {
  return stateAt(endpoints, address, await finalizedBlock(endpoints))
}

/** @throws RpcFailure */
export async function finalizedBlock(endpoints: EndpointPool): Promise<number> {
  const { number } = await readHead(endpoints, 'finalized')
  return number
}

/** Money must not be read from what is no number. Some nodes have nothing for a state that is gone. */
function quantity(answer: unknown): bigint {
  if (typeof answer !== 'string' || !/^0x[0-9a-f]+$/i.test(answer)) {
    throw new RpcFailure('pruned', 'an endpoint answered no number for the state of an account')
  }
  return BigInt(answer)
}

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
