import type { Clock } from '#foundation/clock'
import type { BlockHeader } from '#foundation/rpc/block_header'
import { type EndpointPool, readHead } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { PushedHead } from '#collectors/evm/head_signal'

interface Options {
  endpoints: EndpointPool
  confirm: 'finalized' | 'latest'
  clock: Clock
}

/**
 * The block up to which the chain is read: the one that an endpoint announced where that can be
 * believed, else the one that is asked for.
 *
 * @throws RpcFailure
 */
export async function confirmedHead(
  options: Options,
  pushed: PushedHead | undefined
): Promise<BlockHeader> {
  const announced =
    options.confirm === 'latest' && pushed ? await believed(options, pushed) : undefined
  return announced ?? readHead(options.endpoints, options.confirm)
}

async function believed({ endpoints, clock }: Options, { endpoint, header }: PushedHead) {
  try {
    return await endpoints.heads.believe(endpoint, header)
  } catch (error) {
    if (!(error instanceof RpcFailure)) {
      throw error
    }
    endpoint.health.failed(error, clock.now())
    return undefined
  }
}
