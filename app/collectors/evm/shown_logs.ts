import type { BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { ChainLog } from '#sources/facts'
import { type LogFilter, readLogsOfBlock } from '#collectors/evm/get_logs'
import { readReceipts } from '#collectors/evm/read_receipts'

/** What an endpoint showed as the logs of a block. */
export interface Shown {
  endpoint: Endpoint
  logs: ChainLog[]
}

/** What the others that may be believed show, as far as they answer. */
export async function otherAnswers(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  first: Endpoint
): Promise<Shown[]> {
  const others = endpoints.others(first)
  return others ? others.askEach((endpoint) => show(endpoints, endpoint, header, filter)) : []
}

/** @throws RpcFailure */
export function showLogs(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter
): Promise<Shown> {
  return endpoints.ask((endpoint) => show(endpoints, endpoint, header, filter))
}

async function show(
  endpoints: EndpointPool,
  endpoint: Endpoint,
  header: BlockHeader,
  filter: LogFilter
): Promise<Shown> {
  if (endpoints.isMarked(endpoint, 'misnumbers_logs')) {
    const { logs } = await readReceipts(endpoint, header, filter)
    return { endpoint, logs }
  }
  const logs = await readLogsOfBlock(endpoint, header, filter)
  if (!endpoint.health.servesHashes) {
    endpoints.mark(endpoint, 'ranges_only', 'gives the logs of a block by its number alone')
  }
  return { endpoint, logs }
}

/** Marks those that showed a block with other logs than it holds. */
export function blame(
  endpoints: EndpointPool,
  header: BlockHeader,
  real: ChainLog[],
  answers: Shown[]
) {
  const held = new Set(real.map(contentOf))
  for (const { endpoint, logs } of answers) {
    const contents = new Set(logs.map(contentOf))
    const hidden = held.difference(contents).size
    if (hidden > 0) {
      const detail = `showed block ${header.number} without ${hidden} of its logs`
      endpoints.mark(endpoint, 'hides_logs', detail)
    } else if (!contents.isSubsetOf(held)) {
      const detail = `showed logs that block ${header.number} does not hold`
      endpoints.mark(endpoint, 'invents_logs', detail)
    }
  }
}

/** Whether two answers show the same logs, in any order. */
export function isSame(some: ChainLog[], others: ChainLog[]): boolean {
  const contents = new Set(some.map(contentOf))
  return some.length === others.length && others.every((log) => contents.has(contentOf(log)))
}

/** Everything that makes two logs of one block the same. */
export function contentOf({ address, topics, data, transactionHash, logIndex }: ChainLog): string {
  return [logIndex, transactionHash, address, ...topics, data].join(':')
}
