import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import type { LogFilter } from '#collectors/evm/get_logs'
import type { TimelessLog } from '#collectors/evm/parse_logs'
import { areFoundRight, proveNumber } from '#collectors/evm/prove_block'
import { isSame } from '#collectors/evm/shown_logs'

/** What an endpoint showed of a range of blocks, both ends included. */
interface ShownRange {
  endpoint: Endpoint
  from: number
  to: number
  logs: TimelessLog[]
}

/** An empty answer is checked in any case where so many logs were expected. */
const EXPECTED_LOGS = 8

/** Blocks of a range that are looked at. */
const SPOTS = 4
const SPOTS_OF_NOTHING = 8

/**
 * Checks an answer about a range at a few of its blocks, where a check is due or the answer is empty
 * though there should be logs.
 *
 * @throws RpcFailure `unproven` when the answer was wrong, or is empty and nothing stands behind it
 */
export async function checkRange(endpoints: EndpointPool, filter: LogFilter, shown: ShownRange) {
  const { endpoint, from, to, logs } = shown
  const { checks } = endpoints
  const blocks = to - from + 1
  if (endpoints.hasLied(endpoint)) {
    throw new RpcFailure(
      'unproven',
      `${endpoint.name} was caught, and no other serves ${from}-${to}`
    )
  }
  const isPoor = logs.length === 0 && checks.expectedLogs(blocks) >= EXPECTED_LOGS
  if (checks.isDue(endpoint, from) || isPoor) {
    const isProven = await checkSpots(endpoints, filter, shown)
    if (isProven) {
      checks.held(endpoint)
    } else {
      checks.failed(endpoint)
    }
    if (!isProven && isPoor) {
      throw new RpcFailure('unproven', `${endpoint.name} alone says that ${from}-${to} are empty`)
    }
  }
  checks.sawLogs(logs.length, blocks)
}

/** @returns whether something stood behind the answer wherever it was looked at */
async function checkSpots(
  endpoints: EndpointPool,
  filter: LogFilter,
  shown: ShownRange
): Promise<boolean> {
  const { endpoint, from, to } = shown
  let areProven = true
  let isAnyRight = false
  for (const number of spotsOf(shown)) {
    const logs = shown.logs.filter(({ blockNumber }) => blockNumber === number) as ChainLog[]
    const proven = await proveNumber(endpoints, number, filter, { endpoint, logs })
    areProven &&= proven.proof !== null
    isAnyRight ||= areFoundRight(proven)
    if (proven.proof !== null && !isSame(proven.logs, logs)) {
      endpoints.checks.caught(endpoint, from)
      const words = `${endpoint.name} showed blocks ${from}-${to} with other logs than block ${number} holds`
      throw new RpcFailure('unproven', words)
    }
  }
  return areProven && isAnyRight
}

/** Where answers are cut off: at their last log and after it. The others are spread evenly. */
function spotsOf({ from, to, logs }: ShownRange): Set<number> {
  const last = logs.at(-1)?.blockNumber
  const ends = last === undefined ? [] : [last, Math.min(last + 1, to)]
  const count = (last === undefined ? SPOTS_OF_NOTHING : SPOTS) - ends.length
  const spread = Array.from({ length: count }, (_, at) =>
    Math.floor(from + ((to - from + 1) * (at + 0.5)) / count)
  )
  return new Set([...ends, ...spread])
}
