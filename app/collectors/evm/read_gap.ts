import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { bloomVerdict, isBlank } from '#collectors/evm/bloom'
import { readLogsOfBlock, readLogsOfRange, type LogFilter } from '#collectors/evm/get_logs'
import type { UnreadRange } from '#collectors/chain_reader'
import { readRange, type RangeRead } from '#collectors/evm/read_range'

/** An endpoint that shows a log so many blocks before a gap still has that history. */
const LOOK_BACK_BLOCKS = 1_000

/** Headers that are read to prove a stretch empty, at most. */
const MOST_HEADERS = 256

interface Stretch {
  from: number
  to: number
}

/**
 * Reads blocks that could not be read before. Nodes that have pruned them may answer an empty list
 * instead of an error. So blocks without logs, from the oldest on, are asked of every endpoint. They
 * stay a gap unless their own bloom filters rule logs out, or an endpoint that shows no log of them
 * shows an older one.
 *
 * @throws RpcFailure when reading may work later
 */
export async function readGap(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<RangeRead> {
  const first = await readRange(endpoints, from, to, filter)
  const doubts = await doubtfulParts(endpoints, first, filter)
  if (doubts.length === 0) {
    return first
  }
  const fullest = await fullestRead(endpoints, first, filter)
  const doubtful = await doubtfulParts(endpoints, fullest, filter)
  if (doubtful.length === 0) {
    return fullest
  }
  const withHistory = await endpointsWithOlderLogs(endpoints, from, filter)
  if (withHistory.length > 0) {
    const proven = await readRange(endpoints.only(withHistory), from, to, filter)
    // An endpoint that leaves out what another one has shown proves nothing.
    if (proven.logs.length >= fullest.logs.length) {
      return proven
    }
  }
  const gaps = [...fullest.gaps, ...doubtful].sort((one, other) => one.from - other.from)
  return { ...fullest, gaps }
}

/** The parts without logs whose blocks' bloom filters do not rule logs out. */
async function doubtfulParts(endpoints: EndpointPool, read: RangeRead, filter: LogFilter) {
  const doubtful: UnreadRange[] = []
  for (const stretch of emptyStretches(read)) {
    if (!(await isEmptyByBloom(endpoints, stretch, filter))) {
      doubtful.push({ ...stretch, reason: 'unproven', detail: null })
    }
  }
  return doubtful
}

/** The answer with the most logs: an endpoint that has pruned some shows fewer, and never more. */
async function fullestRead(endpoints: EndpointPool, first: RangeRead, filter: LogFilter) {
  const reads = await endpoints.askEach((endpoint) =>
    readRange(endpoints.only([endpoint]), first.from, first.to, filter)
  )
  return reads.reduce((most, read) => (read.logs.length > most.logs.length ? read : most), first)
}

async function endpointsWithOlderLogs(endpoints: EndpointPool, from: number, filter: LogFilter) {
  const found = await endpoints.askEach(async (endpoint) => {
    const reach = Math.min(LOOK_BACK_BLOCKS, endpoint.health.span)
    const start = Math.max(0, from - reach)
    const older = start < from ? await readLogsOfRange(endpoint, start, from - 1, filter) : []
    return older.length > 0 ? [endpoint] : []
  })
  return found.flat()
}

/** The blocks before the first log of each part that was read. */
function emptyStretches({ from, to, logs, gaps }: RangeRead): Stretch[] {
  const stretches: Stretch[] = []
  let start = from
  for (const gap of [...gaps, { from: to + 1, to: to + 1 }]) {
    const numbers = logs.map(({ blockNumber }) => blockNumber)
    const first = numbers.filter((number) => number >= start).reduce(least, gap.from)
    if (first > start) {
      stretches.push({ from: start, to: first - 1 })
    }
    start = gap.to + 1
  }
  return stretches
}

const least = (one: number, other: number) => Math.min(one, other)

async function isEmptyByBloom(endpoints: EndpointPool, { from, to }: Stretch, filter: LogFilter) {
  if (to - from + 1 > MOST_HEADERS) {
    return false
  }
  for (let number = from; number <= to; number++) {
    const header = await endpoints.ask((endpoint) => readHeader(endpoint, number))
    const isEmpty = isBlank(header.logsBloom)
      ? await isEmptyByHash(endpoints, header, filter)
      : bloomVerdict(header.logsBloom, filter, filter) === 'none'
    if (!isEmpty) {
      return false
    }
  }
  return true
}

/** A block without any log has a blank bloom filter, but so has any block of nodes that do not fill it. */
async function isEmptyByHash(endpoints: EndpointPool, header: BlockHeader, filter: LogFilter) {
  const logs = await endpoints.ask((endpoint) => readLogsOfBlock(endpoint, header, filter))
  return logs.length === 0
}
