import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { RangeRead } from '#collectors/evm/read_range'

/** A range with what joins it to the blocks around: see `RangeReading`. */
export interface JoinedRange extends RangeRead {
  parentHash: string
  hash: string
}

/**
 * Reads the headers at both ends of a range, and holds its logs against them: those of the end blocks
 * have to be of these very blocks, and times that the endpoint made up are replaced by those of headers.
 *
 * @throws RpcFailure `lagging` when the logs are of other blocks
 */
export async function joinRange(endpoints: EndpointPool, read: RangeRead): Promise<JoinedRange> {
  const headerOf = (number: number) => endpoints.ask((endpoint) => readHeader(endpoint, number))
  const [first, last] = await Promise.all([headerOf(read.from), headerOf(read.to)])

  const hashes = new Map([first, last].map(({ number, hash }) => [number, hash]))
  const stranger = read.logs.find(
    ({ blockNumber, blockHash }) => (hashes.get(blockNumber) ?? blockHash) !== blockHash
  )
  if (stranger) {
    const words = `logs of another block ${stranger.blockNumber} than the chain has now`
    throw new RpcFailure('lagging', words)
  }

  for (const log of read.logs) {
    if (log.blockTime < first.time || log.blockTime > last.time) {
      const { time } = await headerOf(log.blockNumber)
      log.blockTime = time
    }
  }
  return { ...read, parentHash: first.parentHash, hash: last.hash }
}
