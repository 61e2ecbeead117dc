import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { LogFilter } from '#collectors/evm/get_logs'
import { isOfOurChain } from '#collectors/evm/our_chain'
import { readProven } from '#collectors/evm/read_proven'
import { joined, readRange, type RangeRead } from '#collectors/evm/read_range'

/** Blocks that are proven one by one in one try, at most: each takes two to four calls. */
const MOST_PROVEN_BLOCKS = 256

interface Stretch {
  from: number
  to: number
}

/**
 * Reads blocks that could not be read before. Nodes that have pruned them may answer an empty list
 * instead of an error, so an answer alone closes no gap, nor does an endpoint of another fork: a short one is proven block by block, of a
 * long one the stretches in which no log was shown are. What is not proven stays a gap.
 *
 * @throws RpcFailure when reading may work later
 */
export async function readGap(
  { chainId, endpoints }: { chainId: number; endpoints: EndpointPool },
  from: number,
  to: number,
  filter: LogFilter
): Promise<RangeRead> {
  if (endpoints.unmarked.length < 2 && !(await isOfOurChain(endpoints, chainId, to))) {
    return { from, to, logs: [], gaps: [{ from, to, reason: 'unproven', detail: null }] }
  }
  const read = await readRange(endpoints, from, to, filter)
  const doubtful = doubtfulStretches(read)
  const gaps = read.gaps.filter(({ reason }) => reason !== 'unproven')
  const logs = read.logs.filter(
    ({ blockNumber }) => !doubtful.some((one) => blockNumber >= one.from && blockNumber <= one.to)
  )

  let left = MOST_PROVEN_BLOCKS
  for (const stretch of doubtful) {
    const end = Math.min(stretch.to, stretch.from + left - 1)
    const proven = await readProven(endpoints, stretch.from, end, filter)
    logs.push(...proven.logs)
    gaps.push(...proven.gaps)
    if (end < stretch.to) {
      gaps.push({ from: end + 1, to: stretch.to, reason: 'unproven', detail: null })
    }
    left -= end - stretch.from + 1
  }
  const inOrder = gaps.sort((one, other) => one.from - other.from)
  return { from, to, logs, gaps: joined(inOrder) }
}

/** What has to be proven: all that was shown of a short gap; of a long one what holds no log. */
function doubtfulStretches(read: RangeRead): Stretch[] {
  const unread = read.gaps.filter(({ reason }) => reason !== 'unproven')
  if (read.to - read.from < MOST_PROVEN_BLOCKS) {
    return between(read, unread)
  }
  const blocks = [...new Set(read.logs.map(({ blockNumber }) => blockNumber))]
  const shown = blocks.map((block) => ({ from: block, to: block }))
  const known = [...unread, ...shown].sort((one, other) => one.from - other.from)
  return between(read, known)
}

/** The blocks of a range that are in none of these stretches. */
function between({ from, to }: Stretch, stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = []
  let start = from
  for (const stretch of [...stretches, { from: to + 1, to }]) {
    if (stretch.from > start) {
      result.push({ from: start, to: stretch.from - 1 })
    }
    start = Math.max(start, stretch.to + 1)
  }
  return result
}
