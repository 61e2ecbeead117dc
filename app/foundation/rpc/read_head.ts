import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'

/**
 * The newest block, or the newest that is final, as far as an endpoint can be believed.
 *
 * @throws RpcFailure
 */
export function readHead(
  endpoints: EndpointPool,
  tag: 'latest' | 'finalized'
): Promise<BlockHeader> {
  return endpoints.ask(async (endpoint) =>
    endpoints.heads.believe(endpoint, await readHeader(endpoint, tag))
  )
}
