import { readHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'

/** Where an endpoint is so many blocks past a block, it does not merely lag behind a reorg. */
const SETTLED_BLOCKS = 64

/** How many endpoints make a majority, at least. */
const WITNESSES = 2

/** Which block an endpoint shows at a number. */
export interface ForkVote {
  endpoint: Endpoint
  hash: string
}

/**
 * The hash that two or more endpoints show, and more than show any others; null where there is none
 * such: one against one says nothing.
 */
export function majorityHash(votes: readonly { hash: string }[]): string | null {
  const byHash = Map.groupBy(votes, ({ hash }) => hash)
  const [largest] = [...byHash.values()].sort((one, other) => other.length - one.length)
  const isMajority = largest && largest.length >= WITNESSES && largest.length * 2 > votes.length
  return isMajority ? largest[0]!.hash : null
}

/**
 * Has the endpoints decide which block stands at a number that they contradict each other about. Where
 * most that are far past it agree, the others are marked: they follow another fork.
 */
export async function settleFork(endpoints: EndpointPool, number: number) {
  const votes = await endpoints.askEach(async (endpoint): Promise<ForkVote> => {
    await endpoints.heads.mustHaveReached(endpoint, number + SETTLED_BLOCKS)
    const { hash } = await readHeader(endpoint, number)
    return { endpoint, hash }
  })
  const majority = majorityHash(votes)
  for (const { endpoint, hash } of votes) {
    if (majority && hash !== majority) {
      endpoints.mark(endpoint, 'other_fork', `shows another block ${number} than most others`)
    }
  }
}
