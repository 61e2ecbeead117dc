import { OperatorError } from '#foundation/errors'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { ChainIdentity } from '#foundation/rpc/endpoint_choice'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** Endpoints speak for another chain than the configured one. */
export class WrongChainError extends OperatorError {
  constructor(said: string) {
    super(`${said}. Nothing was read; set CHAIN_ID or BSC_RPC_URL right.`)
  }
}

/** Makes sure that endpoints speak for the configured chain. */
export class ChainCheck implements ChainIdentity<Endpoint> {
  /** Whether one of them ever did. */
  wasRight = false

  constructor(private readonly chainId: number) {}

  /**
   * Asks an endpoint which chain it speaks for, unless it has told since its last failure: behind one
   * address another node may answer after that.
   *
   * @throws RpcFailure `foreign` when it is not the configured one, others when it does not answer
   */
  async run(endpoint: Endpoint) {
    if (endpoint.isRightChain) {
      return
    }
    const answer = await endpoint.call('eth_chainId')
    if (typeof answer !== 'string' || !/^0x[0-9a-f]+$/i.test(answer)) {
      throw new RpcFailure('malformed', `${endpoint.name} answered no chain id`)
    }
    if (Number(answer) !== this.chainId) {
      const said = `${endpoint.name} is an endpoint of chain ${Number(answer)}`
      throw new RpcFailure('foreign', `${said}, but CHAIN_ID is ${this.chainId}`)
    }
    endpoint.isRightChain = true
    this.wasRight = true
  }

  refusal(said: string) {
    return new WrongChainError(said)
  }
}
