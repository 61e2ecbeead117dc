import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { ChainLog } from '#sources/facts'
import type { AuditPatience } from '#collectors/evm/audit_patience'
import type { LogFilter } from '#collectors/evm/get_logs'
import { isOfOurChain } from '#collectors/evm/our_chain'
import { proveNumber } from '#collectors/evm/prove_block'
import { readProven } from '#collectors/evm/read_proven'
import { joined, readRange, type RangeRead } from '#collectors/evm/read_range'
import { isSame } from '#collectors/evm/shown_logs'

/** Blocks of one part that are proven one by one where two answers differ, at most. */
const MOST_PROOFS = 64

/** Blocks of one audit that are read one by one with a proof, where answers were found wrong, at most. */
const MOST_PROVEN_BLOCKS = 512

/** Blocks of one part that are looked at where only one endpoint answers. */
const SPOTS = 3

export interface ReadTwiceOptions {
  chainId: number
  endpoints: EndpointPool
  batchSize: number
  patience: AuditPatience
}

/** A part of an audit. */
export interface ConfirmedRead extends RangeRead {
  /** One endpoint alone shows it. */
  isAlone: boolean
}

/**
 * Reads blocks and has each part confirmed: by all endpoints that may be believed, or at some blocks by
 * their receipts where there is one alone. What is not confirmed is answered as a gap.
 *
 * @throws RpcFailure when reading may work later; every part answered before stands
 */
export async function* readTwice(
  { chainId, endpoints, batchSize, patience }: ReadTwiceOptions,
  from: number,
  to: number,
  filter: LogFilter
): AsyncGenerator<ConfirmedRead> {
  const isComplete = ({ isAlone, gaps }: ConfirmedRead) => !isAlone && gaps.length === 0
  let left = MOST_PROVEN_BLOCKS
  for (let start = from; start <= to; start += batchSize) {
    const end = Math.min(to, start + batchSize - 1)
    const read = () => readConfirmed(endpoints, chainId, start, end, filter)
    const confirmed = await patience.until(isComplete, read)
    const isWrong = confirmed.gaps.some(({ reason }) => reason === 'unproven')
    if (isWrong && confirmed.isOurs && end - start < left) {
      left -= end - start + 1
      const { isAlone } = confirmed
      const prove = () => readProven(endpoints, start, end, filter)
      yield { ...(await patience.until(({ gaps }) => gaps.length === 0, prove)), isAlone }
    } else {
      yield confirmed
    }
  }
}

/** @returns also whether it is of the chain that this installation has read, where one endpoint shows it */
async function readConfirmed(
  endpoints: EndpointPool,
  chainId: number,
  from: number,
  to: number,
  filter: LogFilter
): Promise<ConfirmedRead & { isOurs: boolean }> {
  const [part, ...others] = await reads(endpoints, from, to, filter)
  const isAlone = others.length === 0
  const isOurs = !isAlone || (await isOfOurChain(part!.endpoints, chainId, to))
  if (!isOurs) {
    return { ...unproven(from, to), isAlone, isOurs }
  }
  const confirmed = await (isAlone
    ? confirmedAtSpots(endpoints, part!, filter)
    : agreed(endpoints, [part!, ...others], filter))
  return { ...confirmed, isAlone, isOurs }
}

/** What one endpoint shows, and a pool of it. */
interface OneRead extends RangeRead {
  endpoints: EndpointPool
}

/**
 * What each endpoint shows that has all of the blocks, or the one that has most of them where fewer than
 * two do. Endpoints with a mark are asked where the others do not suffice.
 */
async function reads(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<OneRead[]> {
  const read = (some: Endpoint[]) =>
    endpoints.only(some).askEach(async (endpoint): Promise<OneRead> => {
      const own = endpoints.only([endpoint])
      return { ...(await readRange(own, from, to, filter)), endpoints: own }
    })
  const isWhole = ({ gaps }: OneRead) => gaps.length === 0

  const believed = endpoints.unmarked
  const all = await read(believed)
  if (all.filter(isWhole).length < 2) {
    all.push(...(await read(endpoints.endpoints.filter((each) => !believed.includes(each)))))
  }
  const whole = all.filter(isWhole)
  if (whole.length > 1) {
    return whole
  }
  const [best] = all.sort((some, others) => some.gaps.length - others.gaps.length)
  return [best ?? { ...(await readRange(endpoints, from, to, filter)), endpoints }]
}

function unproven(from: number, to: number): RangeRead {
  return { from, to, logs: [], gaps: [{ from, to, reason: 'unproven', detail: null }] }
}

/** Where answers differ, each block is proven for itself. */
async function agreed(
  endpoints: EndpointPool,
  answers: RangeRead[],
  filter: LogFilter
): Promise<RangeRead> {
  const [part] = answers
  const [shown, ...others] = answers.map(({ logs }) => byBlock(logs))
  const numbers = new Set([shown!, ...others].flatMap((blocks) => [...blocks.keys()]))
  const differing = [...numbers].filter((number) =>
    others.some((other) => !isSame(shown!.get(number) ?? [], other.get(number) ?? []))
  )
  const gaps: RangeRead['gaps'] = []
  for (const [at, number] of differing.sort((one, next) => one - next).entries()) {
    const proven = at < MOST_PROOFS ? await proveNumber(endpoints, number, filter) : null
    shown!.set(number, proven?.proof ? proven.logs : [])
    if (!proven?.proof) {
      gaps.push({ from: number, to: number, reason: 'unproven', detail: null })
    }
  }
  const { from, to } = part!
  return { from, to, logs: [...shown!.values()].flat(), gaps: joined(gaps) }
}

/** Where a block that is looked at is not as it was shown, none of the part is believed. */
async function confirmedAtSpots(
  endpoints: EndpointPool,
  part: RangeRead,
  filter: LogFilter
): Promise<RangeRead> {
  const shown = byBlock(part.logs)
  const isRead = (number: number) =>
    !part.gaps.some(({ from, to }) => number >= from && number <= to)

  for (const number of spotsOf(part).filter(isRead)) {
    const proven = await proveNumber(endpoints, number, filter)
    if (!proven.proof || !isSame(proven.logs, shown.get(number) ?? [])) {
      return unproven(part.from, part.to)
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
