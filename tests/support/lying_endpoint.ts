import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** What an endpoint says instead of the truth; undefined lets the truth pass, an error is thrown. */
export type Lie = (method: string, params: unknown[], truth: () => Promise<unknown>) => unknown

/**
 * Has an endpoint tell something else than it knows.
 *
 * @returns a function that has it tell the truth again
 */
export function lie(endpoint: Endpoint, tell: Lie) {
  const call = endpoint.call.bind(endpoint)
  endpoint.call = async (method, params = []) => {
    const truth = () => call(method, params)
    const told = await tell(method, params, truth)
    if (told instanceof RpcFailure) throw told
    return told === undefined ? truth() : told
  }
  return () => {
    endpoint.call = call
  }
}

/** About balances at the end of blocks before one, as pruned nodes do; all else is the truth. */
export function aboutOldBalances(block: () => number, told: unknown): Lie {
  return (method, [, at]) =>
    method === 'eth_getBalance' && Number(at) < block() ? told : undefined
}
