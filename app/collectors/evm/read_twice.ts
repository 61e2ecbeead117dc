import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { ChainLog } from '#sources/facts'
import type { LogFilter } from '#collectors/evm/get_logs'
import { isSame, proveNumber } from '#collectors/evm/prove_block'
import { readProven } from '#collectors/evm/read_proven'
import { joined, readRange, type RangeRead } from '#collectors/evm/read_range'

/** Blocks of one part that are proven one by one where two answers differ, at most. */
const MOST_PROOFS = 64

/** Blocks of one audit that are read one by one with a proof, where answers were found wrong, at most. */
const MOST_PROVEN_BLOCKS = 512

/** Blocks of one part that are looked at where only one endpoint answers. */
const SPOTS = 3

/**
 * Reads blocks and has each part confirmed: by a second endpoint, or at some blocks by their receipts
 * where there is no second. What is not confirmed is answered as a gap.
 *
 * @throws RpcFailure when reading may work later; every part answered before stands
 */
export async function* readTwice(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter,
  batchSize: number
): AsyncGenerator<RangeRead> {
  let left = MOST_PROVEN_BLOCKS
  for (let start = from; start <= to; start += batchSize) {
    const end = Math.min(to, start + batchSize - 1)
    const [part, other] = await twoReads(endpoints, start, end, filter)
    const confirmed = await (other
      ? agreed(endpoints, part!, other, filter)
      : confirmedAtSpots(endpoints, part!, filter))
    const isWrong = confirmed.gaps.some(({ reason }) => reason === 'unproven')
    if (isWrong && end - start < left) {
      left -= end - start + 1
      yield readProven(endpoints, start, end, filter)
    } else {
      yield confirmed
    }
  }
}

/**
 * What two endpoints show, or one where no other does. The others are asked where the two that come
 * first do not have all of these blocks: both may have pruned them.
 */
async function twoReads(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<RangeRead[]> {
  const read = (some: Endpoint[]) =>
    endpoints
      .only(some)
      .askEach((endpoint) => readRange(endpoints.only([endpoint]), from, to, filter))

  const pair = new Set([endpoints.secondOpinion().preferred, endpoints.preferred])
  const reads = await read([...pair])
  if (reads.filter(({ gaps }) => gaps.length === 0).length < 2) {
    reads.push(...(await read(endpoints.endpoints.filter((endpoint) => !pair.has(endpoint)))))
  }
  const [one, other] = reads.sort((some, others) => some.gaps.length - others.gaps.length)
  if (!one) {
    return [await readRange(endpoints, from, to, filter)]
  }
  return other && other.gaps.length === 0 ? [one, other] : [one]
}

/** Where two answers differ, each block is proven for itself. */
async function agreed(
  endpoints: EndpointPool,
  part: RangeRead,
  other: RangeRead,
  filter: LogFilter
): Promise<RangeRead> {
  const [shown, shownByOther] = [byBlock(part.logs), byBlock(other.logs)]
  const differing = [...new Set([...shown.keys(), ...shownByOther.keys()])].filter(
    (number) => !isSame(shown.get(number) ?? [], shownByOther.get(number) ?? [])
  )
  const gaps: RangeRead['gaps'] = []
  for (const [at, number] of differing.sort((one, next) => one - next).entries()) {
    const proven = at < MOST_PROOFS ? await proveNumber(endpoints, number, filter) : null
    shown.set(number, proven?.isProven ? proven.logs : [])
    if (!proven?.isProven) {
      gaps.push({ from: number, to: number, reason: 'unproven', detail: null })
    }
  }
  return { ...part, logs: [...shown.values()].flat(), gaps: joined(gaps) }
}

/** Where a block that is looked at is not as it was shown, none of the part is believed. */
async function confirmedAtSpots(endpoints: EndpointPool, part: RangeRead, filter: LogFilter) {
  const shown = byBlock(part.logs)
  const isRead = (number: number) =>
    !part.gaps.some(({ from, to }) => number >= from && number <= to)

  for (const number of spotsOf(part).filter(isRead)) {
    const proven = await proveNumber(endpoints, number, filter)
    if (!proven.isProven || !isSame(proven.logs, shown.get(number) ?? [])) {
      const { from, to } = part
      return { from, to, logs: [], gaps: [{ from, to, reason: 'unproven' as const, detail: null }] }
    }
  }
  return part
}

/** The last block that was shown to hold a log, where answers are cut off, and some others. */
function spotsOf({ from, to, logs }: RangeRead): number[] {
  const last = logs.at(-1)?.blockNumber
  const spread = Array.from({ length: SPOTS }, (_, at) =>
    Math.floor(from + ((to - from + 1) * (at + 0.5)) / SPOTS)
  )
  return [...new Set(last === undefined ? spread : [last, ...spread])]
}

function byBlock(logs: ChainLog[]): Map<number, ChainLog[]> {
  return Map.groupBy(logs, ({ blockNumber }) => blockNumber)
}
