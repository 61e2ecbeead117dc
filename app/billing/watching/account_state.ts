import { numberToHex, type Address } from 'viem'
import { type EndpointPool, readHead } from '#foundation/rpc/endpoint_pool'
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
  const params = [address as Address, numberToHex(block)]
  return endpoints.ask(async (endpoint) => {
    const [balance, nonce] = await Promise.all([
      endpoint.call('eth_getBalance', params),
      endpoint.call('eth_getTransactionCount', params),
    ])
    return { block, balance: quantity(balance), nonce: Number(quantity(nonce)) }
  })
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

/** Money must not be read from what is no number. */
function quantity(answer: unknown): bigint {
  if (typeof answer !== 'string' || !/^0x[0-9a-f]+$/i.test(answer)) {
    throw new RpcFailure('transient', 'an endpoint answered no number for an account')
  }
  return BigInt(answer)
}
