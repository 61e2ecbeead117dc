import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { RangeRead, Step, SteppedRead } from '#collectors/evm/read_range'

/** A range with what joins it to the blocks around: see `RangeReading`. */
export interface JoinedRange extends RangeRead {
  parentHash: string
  hash: string
}

/** The headers of the first and the last block of a stretch. */
type Ends = [BlockHeader, BlockHeader]

/**
 * Reads the headers at both ends of what each endpoint gave, from that same endpoint: it may be on
 * another fork than the others. The stretches have to follow each other, logs of end blocks have to be
 * of these very blocks, and times that an endpoint made up are replaced by those of headers.
 *
 * @throws RpcFailure `lagging` when the parts are not of one chain
 */
export async function joinRange(endpoints: EndpointPool, read: SteppedRead): Promise<JoinedRange> {
  const { steps, ...range } = read
  const ends = await Promise.all(stretchesOf(steps).map((each) => endsOf(endpoints, each)))
  const first = ends[0]![0]
  const last = ends.at(-1)![1]

  refuseBreaks(ends)
  refuseStrangers(range, ends.flat())
  for (const log of range.logs) {
    if (log.blockTime < first.time || log.blockTime > last.time) {
      const { time } = await endpoints.ask((endpoint) => readHeader(endpoint, log.blockNumber))
      log.blockTime = time
    }
  }
  return { ...range, parentHash: first.parentHash, hash: last.hash }
}

/** Neighbouring steps of one endpoint are one stretch; what none gave belongs to either. */
function stretchesOf(steps: Step[]): Step[] {
  const stretches: Step[] = []
  for (const step of steps) {
    const last = stretches.at(-1)
    if (last && (!last.endpoint || !step.endpoint || last.endpoint === step.endpoint)) {
      last.to = step.to
      last.endpoint ??= step.endpoint
    } else {
      stretches.push({ ...step })
    }
  }
  return stretches
}

async function endsOf(endpoints: EndpointPool, { from, to, endpoint }: Step): Promise<Ends> {
  const giver = endpoint ? endpoints.only([endpoint]) : endpoints
  const headerOf = (number: number) => giver.ask((each) => readHeader(each, number))
  const first = headerOf(from)
  return Promise.all([first, from === to ? first : headerOf(to)])
}

function refuseBreaks(ends: Ends[]) {
  const next = ends.find(([first], at) => at > 0 && ends[at - 1]![1].hash !== first.parentHash)
  if (next) {
    const words = `endpoints show blocks that do not follow each other before ${next[0].number}`
    throw new RpcFailure('lagging', words)
  }
}

function refuseStrangers({ logs }: RangeRead, headers: BlockHeader[]) {
  const hashes = new Map(headers.map(({ number, hash }) => [number, hash]))
  const stranger = logs.find(
    ({ blockNumber, blockHash }) => (hashes.get(blockNumber) ?? blockHash) !== blockHash
  )
  if (stranger) {
    const words = `logs of another block ${stranger.blockNumber} than the chain has now`
    throw new RpcFailure('lagging', words)
  }
}
