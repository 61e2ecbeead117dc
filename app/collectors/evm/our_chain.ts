import { readHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { hashesFrom, hashOfCursor } from '#collectors/store/known_blocks'

/** How far above a block one is looked for that was read before, in blocks. */
const LONGEST_LOOK = 256

/** Blocks that are asked for until one is found, at most: a fact may stand that no chain has. */
const MOST_ANCHORS = 8

/**
 * Whether what an endpoint shows of blocks up to a number is of the chain that this installation has
 * read: it has to have one of the blocks that were read there or later. One that follows another fork
 * since before has none of them. Where none was read, nothing says that it is another chain.
 *
 * @throws RpcFailure
 */
export async function isOfOurChain(
  endpoints: EndpointPool,
  chainId: number,
  number: number
): Promise<boolean> {
  const cursor = await hashOfCursor(chainId)
  const anchors = [
    ...(cursor && cursor.number >= number ? [cursor] : []),
    ...(await hashesFrom(chainId, number, LONGEST_LOOK)),
  ]
  for (const anchor of anchors.slice(0, MOST_ANCHORS)) {
    const { hash } = await endpoints.ask((endpoint) => readHeader(endpoint, anchor.number))
    if (hash === anchor.hash) return true
  }
  return anchors.length === 0
}
