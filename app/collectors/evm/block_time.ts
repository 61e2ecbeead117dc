import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHeader } from '#foundation/rpc/block_header'

/** Blocks to measure over: long enough that timestamps in whole seconds do not matter. */
const SAMPLE_BLOCKS = 200

/** What is assumed of a chain that is too young to be measured, in milliseconds. */
const ASSUMED_MS = 450

/** Nobody gains from looking more often than this, in milliseconds. */
const SHORTEST_MS = 100

/**
 * The chain's own time between two blocks, in milliseconds. Forks change it, so it is measured
 * and not remembered.
 *
 * @throws RpcFailure
 */
export async function measureBlockTime(endpoints: EndpointPool): Promise<number> {
  const head = await endpoints.ask((endpoint) => readHeader(endpoint, 'latest'))
  if (head.number < SAMPLE_BLOCKS) {
    return ASSUMED_MS
  }

  const past = head.number - SAMPLE_BLOCKS
  const { time } = await endpoints.ask((endpoint) => readHeader(endpoint, past))
  return Math.max(SHORTEST_MS, Math.round((head.time - time) / SAMPLE_BLOCKS))
}
