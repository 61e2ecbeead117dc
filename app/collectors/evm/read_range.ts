import type { ChainLog } from '#sources/facts'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { UnreadRange } from '#collectors/chain_reader'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { readHeader } from '#foundation/rpc/block_header'
import type { GapReason } from '#models/scan_gap'
import { checkRange } from '#collectors/evm/check_range'
import { readLogsOfRange, type LogFilter } from '#collectors/evm/get_logs'
import { readReceiptsOfRange } from '#collectors/evm/read_receipts'
import { asTooWide } from '#collectors/evm/too_wide'
import type { TimelessLog } from '#collectors/evm/parse_logs'

export interface RangeRead {
  from: number
  to: number
  logs: ChainLog[]
  gaps: UnreadRange[]
}

/** Blocks of which one endpoint gave the logs; null where none could. */
export interface Step {
  from: number
  to: number
  endpoint: Endpoint | null
}

/** A range, and who gave what of it. */
export interface SteppedRead extends RangeRead {
  steps: Step[]
}

/**
 * Reads a range of blocks far behind the head, in as wide steps as the endpoints allow. Blocks
 * that all of them have pruned, and single blocks that are too large for them, are answered as gaps.
 * A timeout throws, since the endpoint may be down; the next try takes smaller steps.
 *
 * @throws RpcFailure when reading may work later
 */
export async function readRange(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<SteppedRead> {
  if (to - from + 1 > endpoints.span) {
    return readInParts(endpoints, from, to, filter)
  }
  try {
    const { endpoint, logs } = await endpoints.ask(async (asked) => ({
      endpoint: asked,
      logs: await readStep(endpoints, asked, from, to, filter),
    }))
    const timed = await withTimes(endpoints.only([endpoint]), logs)
    return { from, to, logs: timed, gaps: [], steps: [{ from, to, endpoint }] }
  } catch (error) {
    const reason = reasonOf(error)
    if (!reason || !(error instanceof RpcFailure)) {
      throw error
    }
    if (from === to || reason === 'unproven' || (await isAllPruned(error, endpoints, to, filter))) {
      const gap = { from, to, reason, detail: error.message }
      return { from, to, logs: [], gaps: [gap], steps: [{ from, to, endpoint: null }] }
    }
    return readInParts(endpoints, from, to, filter)
  }
}

/** Why blocks stay unread after this failure; null when reading them may work later. */
function reasonOf(error: unknown): GapReason | null {
  const kind = error instanceof RpcFailure ? error.kind : null
  return kind === 'range' || kind === 'pruned' || kind === 'unproven' ? kind : null
}

/** Nodes prune the oldest blocks first: where the newest block of a range is gone, all of it is. */
async function isAllPruned(
  error: RpcFailure,
  endpoints: EndpointPool,
  newest: number,
  filter: LogFilter
): Promise<boolean> {
  if (error.kind !== 'pruned') {
    return false
  }
  const { gaps } = await readRange(endpoints, newest, newest, filter)
  return gaps.length > 0
}

/** Not past the head that this same endpoint has reported: it answers an empty list there. */
async function readStep(
  endpoints: EndpointPool,
  endpoint: Endpoint,
  from: number,
  to: number,
  filter: LogFilter
) {
  const blocks = to - from + 1
  await endpoints.heads.mustHaveReached(endpoint, to)
  if (endpoints.isMarked(endpoint, 'misnumbers_logs')) {
    return readReceiptsOfRange(endpoint, from, to, filter)
  }
  try {
    const logs = await readLogsOfRange(endpoint, from, to, filter)
    endpoint.health.spanWorked(blocks)
    await checkRange(endpoints, filter, { endpoint, from, to, logs })
    return logs
  } catch (error) {
    if (!(error instanceof RpcFailure)) {
      throw error
    }
    const failure = await asTooWide(endpoint, from, to, filter, error)
    if (failure.kind === 'range' || failure.kind === 'timeout') {
      endpoint.health.spanWasTooWide(blocks, failure.suggestedSpan)
    }
    throw failure
  }
}

/** In steps that the endpoints are known to serve now, at most half of the range each. */
async function readInParts(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<SteppedRead> {
  const step = Math.min(endpoints.span, Math.ceil((to - from + 1) / 2))
  const whole: SteppedRead = { from, to, logs: [], gaps: [], steps: [] }

  for (let start = from; start <= to; start += step) {
    const part = await readRange(endpoints, start, Math.min(start + step - 1, to), filter)
    whole.logs.push(...part.logs)
    whole.gaps.push(...part.gaps)
    whole.steps.push(...part.steps)
  }
  return { ...whole, gaps: joined(whole.gaps) }
}

/** Neighbouring gaps with one reason are one gap. */
export function joined(gaps: UnreadRange[]): UnreadRange[] {
  const result: UnreadRange[] = []
  for (const gap of gaps) {
    const last = result.at(-1)
    if (last && last.to + 1 === gap.from && last.reason === gap.reason) {
      last.to = gap.to
    } else {
      result.push({ ...gap })
    }
  }
  return result
}

/** Headers are fetched only for logs that came without their block's time. */
async function withTimes(endpoints: EndpointPool, logs: TimelessLog[]): Promise<ChainLog[]> {
  const timeless = logs.filter(({ blockTime }) => blockTime === undefined)
  const times = new Map<number, number>()

  for (const number of new Set(timeless.map(({ blockNumber }) => blockNumber))) {
    const header = await endpoints.ask((endpoint) => readHeader(endpoint, number))
    times.set(number, header.time)
  }
  for (const log of timeless) {
    log.blockTime = times.get(log.blockNumber)
  }
  return logs as ChainLog[]
}
