import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { settleFork } from '#foundation/rpc/fork_vote'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict, isAllZeros } from '#collectors/evm/bloom'
import { type LogFilter, readLogsOfBlock } from '#collectors/evm/get_logs'
import { readLogsOfReceipts } from '#collectors/evm/read_receipts'

/** What an endpoint showed as the logs of a block. */
export interface Shown {
  endpoint: Endpoint
  logs: ChainLog[]
}

/** The logs of a block as far as is known, and whether something else than one answer says so. */
export interface ProvenLogs {
  logs: ChainLog[]
  isProven: boolean
}

/**
 * Compares what an endpoint showed of a block with what another one shows; where there is no other
 * that may be believed, with the block's receipts. An endpoint that is found to be wrong is marked.
 */
export async function proveBlock(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  shown: Shown
): Promise<ProvenLogs> {
  if (bloomVerdict(header.logsBloom, filter, filter) === 'none') {
    return { logs: [], isProven: true }
  }
  const second =
    (await anotherAnswer(endpoints, header, filter, shown.endpoint)) ??
    (await receiptsOf(endpoints.only([shown.endpoint]), header, filter))
  if (!second) {
    return { logs: shown.logs, isProven: isSaidEmpty(header, shown) }
  }
  return isSame(shown.logs, second.logs)
    ? { logs: shown.logs, isProven: true }
    : settle(endpoints, header, filter, [shown, second])
}

/**
 * Proves the logs of the block that stands at a number; `shown` is what an endpoint showed of it.
 * Where endpoints contradict each other about which block that is, none are.
 *
 * @throws RpcFailure
 */
export async function proveNumber(
  endpoints: EndpointPool,
  number: number,
  filter: LogFilter,
  shown?: Shown
): Promise<ProvenLogs> {
  const first = shown ? endpoints.only([shown.endpoint]) : endpoints
  const { endpoint, header } = await showHeader(first, number)
  const others = endpoints.others(endpoint)
  const second = others && (await orNull(() => showHeader(others, number)))
  if (second && second.header.hash !== header.hash) {
    await settleFork(endpoints, number)
    return { logs: [], isProven: false }
  }
  if (bloomVerdict(header.logsBloom, filter, filter) === 'none') {
    return { logs: [], isProven: true }
  }
  return proveBlock(endpoints, header, filter, shown ?? (await showLogs(endpoints, header, filter)))
}

/** @throws RpcFailure */
function showHeader(endpoints: EndpointPool, number: number) {
  return endpoints.ask(async (endpoint) => ({
    endpoint,
    header: await readHeader(endpoint, number),
  }))
}

/**
 * Where nothing else stands behind an empty answer, a bloom filter does that was given with nothing in
 * it: a quiet chain has such blocks for days.
 */
function isSaidEmpty({ logsBloom }: BlockHeader, { endpoint, logs }: Shown): boolean {
  return logs.length === 0 && isAllZeros(logsBloom) && endpoint.health.meansBlankBlooms
}

async function anotherAnswer(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  first: Endpoint
): Promise<Shown | null> {
  const others = endpoints.others(first)
  return others && orNull(() => showLogs(others, header, filter))
}

/** @throws RpcFailure */
export function showLogs(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter
): Promise<Shown> {
  return endpoints.ask(async (endpoint) => {
    if (endpoints.isMarked(endpoint, 'misnumbers_logs')) {
      return { endpoint, logs: await readLogsOfReceipts(endpoint, header, filter) }
    }
    const logs = await readLogsOfBlock(endpoint, header, filter)
    if (!endpoint.health.servesHashes) {
      endpoints.mark(endpoint, 'ranges_only', 'gives the logs of a block by its number alone')
    }
    return { endpoint, logs }
  })
}

/** What the receipts say, of the first endpoint that serves them; null when none does. */
export function receiptsOf(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter
): Promise<Shown | null> {
  return orNull(() =>
    endpoints.ask(async (endpoint) => ({
      endpoint,
      logs: await readLogsOfReceipts(endpoint, header, filter),
    }))
  )
}

/**
 * Decides which of two answers is right. Endpoints that hide logs are common, those that invent some
 * are not: a log counts unless more receipts are without it than with it.
 */
async function settle(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  answers: Shown[]
): Promise<ProvenLogs> {
  const receipts = await endpoints.askEach((endpoint) =>
    readLogsOfReceipts(endpoint, header, filter)
  )
  const all = new Map(answers.flatMap(({ logs }) => logs).map((log) => [contentOf(log), log]))
  const isReal = (content: string) => {
    const witnesses = receipts.filter((logs) => logs.some((log) => contentOf(log) === content))
    return witnesses.length * 2 >= receipts.length
  }
  const real = new Map([...all].filter(([content]) => isReal(content)))

  for (const { endpoint, logs } of answers) {
    const contents = new Set(logs.map(contentOf))
    const hidden = [...real.keys()].filter((content) => !contents.has(content)).length
    if (hidden > 0) {
      const detail = `showed block ${header.number} without ${hidden} of its logs`
      endpoints.mark(endpoint, 'hides_logs', detail)
    } else if (logs.some((log) => !real.has(contentOf(log)))) {
      const detail = `showed logs that block ${header.number} does not hold`
      endpoints.mark(endpoint, 'invents_logs', detail)
    }
  }
  const logs = [...real.values()].sort((one, other) => one.logIndex - other.logIndex)
  return { logs, isProven: receipts.length > 0 }
}

/** Whether two answers show the same logs, in any order. */
export function isSame(some: ChainLog[], others: ChainLog[]): boolean {
  const contents = new Set(some.map(contentOf))
  return some.length === others.length && others.every((log) => contents.has(contentOf(log)))
}

/** Everything that makes two logs of one block the same. */
function contentOf({ address, topics, data, transactionHash, logIndex }: ChainLog): string {
  return [logIndex, transactionHash, address, ...topics, data].join(':')
}

/** Null when no endpoint can say. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof RpcFailure) {
      return null
    }
    throw error
  }
}
