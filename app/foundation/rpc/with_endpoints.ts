import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'

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
  return work(endpoints).finally(() => endpoints.close())
}
