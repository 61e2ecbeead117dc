import { OperatorError } from '#foundation/errors'
import type { Source } from '#sources/define_source'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHeader } from '#foundation/rpc/block_header'
import { FinalHead } from '#collectors/evm/final_head'

/**
 * The sources of these names, or all of them when none is named. Those without a contract are not
 * read from the chain.
 *
 * @throws OperatorError when a name is not known
 */
export function chooseSources(sources: readonly Source[], names: string[] = []): readonly Source[] {
  const onChain = sources.filter(({ contracts }) => contracts.length > 0)
  const known = onChain.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) {
    throw new OperatorError(`There is no source "${unknown}". Known ones: ${known.join(', ')}`)
  }
  return names.length > 0 ? onChain.filter(({ name }) => names.includes(name)) : onChain
}

/**
 * The range of blocks that was asked for, up to the finalized block where no end was named.
 *
 * @throws OperatorError when an end is no block, the range is empty, or it is not finalized yet
 * @throws RpcFailure
 */
export async function finalizedRange(endpoints: EndpointPool, from: number, to?: number) {
  const noBlock = [from, to ?? from].find((end) => !Number.isSafeInteger(end))
  if (noBlock !== undefined) {
    throw new OperatorError(`${noBlock} is no block: --from and --to are whole numbers`)
  }
  const head = await new FinalHead(endpoints).read()
  const range = { from, to: to ?? head.number }

  if (range.to > head.number) {
    throw new OperatorError(
      `Block ${range.to} is not final yet; the newest that is, is ${head.number}`
    )
  }
  if (from > range.to || from < 0) {
    throw new OperatorError(`There is nothing between block ${from} and block ${range.to}`)
  }
  // Proves that the block exists: the head guard believes a head that is a little too high.
  await endpoints.ask((endpoint) => readHeader(endpoint, range.to))
  return range
}
