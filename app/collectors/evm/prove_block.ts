import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { settleFork } from '#foundation/rpc/fork_vote'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict, isAllZeros } from '#collectors/evm/bloom'
import type { LogFilter } from '#collectors/evm/get_logs'
import { readReceipts } from '#collectors/evm/read_receipts'
import {
  blame,
  contentOf,
  isSame,
  otherAnswers,
  showLogs,
  type Shown,
} from '#collectors/evm/shown_logs'

/**
 * What says that these are the logs of a block: its bloom filter, its receipts, or several endpoints.
 * Null where there is no more than one answer.
 */
export type Proof = 'bloom' | 'receipts' | 'witnesses' | null

/** The logs of a block as far as is known. */
export interface ProvenLogs {
  logs: ChainLog[]
  proof: Proof
}

/** Whether endpoints were found right. That several know of nothing is said by blind ones, too. */
export function areFoundRight({ logs, proof }: ProvenLogs): boolean {
  return proof === 'witnesses' ? logs.length > 0 : proof !== null
}

/**
 * Proves the logs of a block, and marks an endpoint whose answer was another one. Receipts that make
 * the root in the block's header are the proof, whichever endpoint they come from and whatever others
 * say. Where none can be had, what all others show is compared; where there is no other that may be
 * believed, what the same endpoint's receipts hold, unless those have to make a root there.
 *
 * @throws RpcFailure `malformed` where there is nothing but an endpoint whose receipts are false
 */
export async function proveBlock(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  shown: Shown
): Promise<ProvenLogs> {
  if (bloomVerdict(header.logsBloom, filter, filter) === 'none') {
    return { logs: [], proof: 'bloom' }
  }
  const rooted = await orFailure(() => rootedLogs(endpoints, header, filter))
  if (rooted && !(rooted instanceof RpcFailure)) {
    blame(endpoints, header, rooted, [shown])
    return { logs: rooted, proof: 'receipts' }
  }

  const others = await otherAnswers(endpoints, header, filter, shown.endpoint)
  if (rooted && others.length === 0) {
    // Its receipts are false: what else it shows is not believed either.
    throw rooted
  }
  const isTakenOnTrust = others.length === 0 && !shown.endpoint.health.namesRoots
  const own = isTakenOnTrust ? await ownReceipts(endpoints, header, filter, shown) : null
  const answers = own ? [shown, own] : [shown, ...others]
  if (answers.length === 1) {
    return { logs: shown.logs, proof: isSaidEmpty(header, shown) ? 'bloom' : null }
  }
  return answers.every(({ logs }) => isSame(shown.logs, logs))
    ? { logs: shown.logs, proof: own ? 'receipts' : 'witnesses' }
    : settle(endpoints, header, filter, answers)
}

/**
 * Proves the logs of the block that stands at a number; `shown` is what an endpoint showed of it.
 * Where endpoints contradict each other about which block that is, or all but one are silent, none are.
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
  const voters = others ?? doubtedOthers(endpoints, endpoint)
  const headers = await voters.askEach((other) => readHeader(other, number))
  if (headers.some(({ hash }) => hash !== header.hash)) {
    await settleFork(endpoints, number)
    return { logs: [], proof: null }
  }
  if (others && headers.length === 0) {
    return { logs: [], proof: null }
  }
  if (bloomVerdict(header.logsBloom, filter, filter) === 'none') {
    return { logs: [], proof: 'bloom' }
  }
  return proveBlock(endpoints, header, filter, shown ?? (await showLogs(endpoints, header, filter)))
}

/**
 * Endpoints with a mark say which block they have as well as others, unless it was on
 * another fork that they were caught.
 */
function doubtedOthers(endpoints: EndpointPool, endpoint: Endpoint): EndpointPool {
  const isAsked = (each: Endpoint) => each !== endpoint && !endpoints.isMarked(each, 'other_fork')
  return endpoints.only(endpoints.endpoints.filter(isAsked))
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

/**
 * The logs that receipts prove, of the first endpoint that has such: they need no trust in it. Null
 * where none serves them, or nothing is known of the root.
 *
 * @throws RpcFailure `malformed` where the only receipts that were answered are false
 */
export async function rootedLogs(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter
): Promise<ChainLog[] | null> {
  if (header.receiptsRoot === null) {
    return null
  }
  const believed = new Set([...endpoints.unmarked, ...endpoints.endpoints])
  let refusal: RpcFailure | null = null
  for (const endpoint of [...believed].filter(({ health }) => health.servesReceipts)) {
    try {
      const { logs, isRooted } = await endpoints.askOnly(endpoint, () =>
        readReceipts(endpoint, header, filter)
      )
      if (isRooted) return logs
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      if (error.kind === 'malformed') refusal = error
    }
  }
  if (refusal) throw refusal
  return null
}

function ownReceipts(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  { endpoint }: Shown
): Promise<Shown | null> {
  return orNull(async () => {
    const { logs } = await endpoints.askOnly(endpoint, () => readReceipts(endpoint, header, filter))
    return { endpoint, logs }
  })
}

/**
 * Decides between answers without a proof. Endpoints that hide logs are common, those that invent some
 * are not: a log counts unless more receipts are without it than with it.
 */
async function settle(
  endpoints: EndpointPool,
  header: BlockHeader,
  filter: LogFilter,
  answers: Shown[]
): Promise<ProvenLogs> {
  const receipts = await endpoints.askEach((endpoint) => readReceipts(endpoint, header, filter))
  const all = new Map(answers.flatMap(({ logs }) => logs).map((log) => [contentOf(log), log]))
  const isReal = (content: string) => {
    const witnesses = receipts.filter(({ logs }) => logs.some((log) => contentOf(log) === content))
    return witnesses.length * 2 >= receipts.length
  }
  const real = [...all].filter(([content]) => isReal(content)).map(([, log]) => log)

  blame(endpoints, header, real, answers)
  const logs = real.sort((one, other) => one.logIndex - other.logIndex)
  return { logs, proof: receipts.length > 0 ? 'receipts' : null }
}

/** Null when no endpoint can say. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  const answer = await orFailure(ask)
  return answer instanceof RpcFailure ? null : answer
}

async function orFailure<T>(ask: () => Promise<T>): Promise<T | RpcFailure> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof RpcFailure) {
      return error
    }
    throw error
  }
}
