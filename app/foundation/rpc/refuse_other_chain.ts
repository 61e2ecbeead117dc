import { OperatorError } from '#foundation/errors'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** An endpoint speaks for another chain than the configured one. */
export class WrongChainError extends OperatorError {
  constructor(endpoint: string, actual: number, expected: number) {
    super(
      `${endpoint} is an endpoint of chain ${actual}, but CHAIN_ID is ${expected}. ` +
        `Nothing was read; set CHAIN_ID or BSC_RPC_URL right.`
    )
  }
}

/**
 * Asks an endpoint which chain it speaks for.
 *
 * @throws WrongChainError when it is not the configured one
 * @throws RpcFailure when it does not answer
 */
export async function refuseOtherChain(endpoint: Endpoint, chainId: number) {
  const actual = await readChainId(endpoint)
  if (actual !== chainId) {
    throw new WrongChainError(endpoint.name, actual, chainId)
  }
}

async function readChainId(endpoint: Endpoint): Promise<number> {
  const answer = await endpoint.call('eth_chainId')
  if (typeof answer !== 'string' || !/^0x[0-9a-f]+$/i.test(answer)) {
    throw new RpcFailure('transient', `${endpoint.name} answered no chain id`)
  }
  return Number(answer)
}
