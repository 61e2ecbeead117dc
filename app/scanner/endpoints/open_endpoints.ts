import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import { EndpointPool } from '#scanner/endpoints/endpoint_pool'

/**
 * The endpoints that the environment names.
 *
 * @throws OperatorError when it names none
 */
export function openEndpoints(
  config: { endpoints: string[]; chainId: number },
  clock: Clock
): EndpointPool {
  if (config.endpoints.length === 0) {
    throw new OperatorError(
      'BSC_RPC_URL is not set: name an endpoint that serves eth_getLogs in .env, for example ' +
        'BSC_RPC_URL=https://bsc.example.com/v1/your-key'
    )
  }
  return new EndpointPool(config.endpoints, config.chainId, clock)
}
