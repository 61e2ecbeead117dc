import { readHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { bloomVerdict } from '#collectors/evm/bloom'
import { readLogsOfBlock } from '#collectors/evm/chain_reader'
import type { LogFilter } from '#collectors/evm/log_filter'
import { logKey } from '#collectors/store/stored_logs'

/**
 * What is known of a stored log that an endpoint did not show: it is `gone` on evidence only; `there` once one
 * endpoint shows it; else it is `unproven` and stays.
 */
export type Verdict = 'gone' | 'there' | 'unproven'

/** How many endpoints have to say that a fact is gone, where there are so many. */
const WITNESSES = 2

/** The logs of a stored block, by key, that an endpoint shows; null when the block is not canonical. */
type Statement = Set<string> | null

/**
 * Asks every endpoint about a stored block, and answers what that says of each of its logs. A log is gone when
 * the canonical block of that number is another one, or when two endpoints show the block with other logs.
 * Silence, a failure and an empty answer prove nothing.
 */
export async function judgeBlock(
  endpoints: EndpointPool,
  filter: LogFilter,
  block: { number: number; hash: string }
): Promise<(key: string) => Verdict> {
  const statements = await endpoints.askEach((endpoint) =>
    statementOf(endpoints, endpoint, filter, block)
  )
  const needed = Math.min(WITNESSES, endpoints.endpoints.length)
  const replaced = statements.filter((statement) => statement === null).length
  const whole = statements.filter((statement) => statement !== null)

  return (key) => {
    if (whole.some((keys) => keys.has(key))) {
      return 'there'
    }
    const isReplaced = replaced >= needed && whole.length === 0
    const isWithout = whole.length >= WITNESSES && replaced === 0
    return isReplaced || isWithout ? 'gone' : 'unproven'
  }
}

/**
 * @throws RpcFailure when the endpoint has not got there, contradicts itself, or shows too little
 */
async function statementOf(
  endpoints: EndpointPool,
  endpoint: Endpoint,
  filter: LogFilter,
  block: { number: number; hash: string }
): Promise<Statement> {
  await endpoints.heads.mustHaveReached(endpoint, block.number + 1)
  const byNumber = await readHeader(endpoint, block.number)
  const child = await readHeader(endpoint, block.number + 1)
  const header = await readHeader(endpoint, child.parentHash)
  if (header.number !== block.number || header.hash !== byNumber.hash) {
    throw new RpcFailure('lagging', `${endpoint.name} contradicts itself at block ${block.number}`)
  }
  if (header.hash !== block.hash) {
    return null
  }

  const logs = await readLogsOfBlock(endpoint, header, filter)
  if (logs.length === 0 && bloomVerdict(header.logsBloom, filter, filter) !== 'none') {
    throw new RpcFailure('lagging', `${endpoint.name} shows no logs of block ${block.number}`)
  }
  return new Set(logs.map(({ blockHash, logIndex }) => logKey(blockHash, logIndex)))
}
