import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'

/**
 * Chains on which every node shows headers whose fields make their hashes: BNB Smart Chain and its test
 * network. The bloom filter of any other counts as none.
 */
const WITH_PROVEN_HEADERS = [56, 97]

/**
 * Does some work with the endpoints that the environment names, and closes them after it.
 *
 * @throws OperatorError when it names none
 */
export async function withEndpoints<T>(
  { endpoints: urls, chainId }: { endpoints: string[]; chainId: number },
  clock: Clock,
  work: (endpoints: EndpointPool) => Promise<T>
): Promise<T> {
  if (urls.length === 0) {
    throw new OperatorError(
      'BSC_RPC_URL is not set: name an endpoint that serves eth_getLogs in .env, for example ' +
        'BSC_RPC_URL=https://bsc.example.com/v1/your-key'
    )
  }
  const endpoints = new EndpointPool(urls, chainId, clock)
  if (WITH_PROVEN_HEADERS.includes(chainId)) endpoints.expectProvenHeaders()
  return work(endpoints).finally(() => endpoints.close())
}
