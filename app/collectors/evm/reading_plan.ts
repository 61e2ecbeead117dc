import type { Clock } from '#foundation/clock'
import type { Source } from '#sources/define_source'
import type { FollowedPool } from '#sources/define_source'
import { following } from '#sources/follow_pools'
import { logReader } from '#sources/read_logs'
import { logFilterFor, type LogFilter } from '#collectors/evm/get_logs'
import db from '@adonisjs/lucid/services/db'

/** How long it takes at most until a new pool is followed, in milliseconds. */
const STALE_AFTER_MS = 5_000

/** The filter that is asked with, and the function that reads the answer. They belong together. */
export interface ReadingPlan {
  /** Everything that is read, followed pools included. */
  filter: LogFilter
  /** What is always read: the contracts of the sources. */
  contracts: LogFilter
  readLogs: ReturnType<typeof logReader>
}

interface Options {
  chainId: number
  sources: readonly Source[]
  /** Pools to follow, at most. Not set: none. */
  followPools?: number
  clock: Clock
}

/** The plan for what is read next; it changes as tokens graduate. */
export class ReadingPlans {
  readonly #options: Options
  readonly #contracts: LogFilter
  #plan?: ReadingPlan
  #pools: FollowedPool[] = []
  #freshUntil = 0

  constructor(options: Options) {
    this.#options = options
    this.#contracts = logFilterFor(options.sources)
  }

  /** The plan of this moment: the same object as long as the same pools are followed. */
  async current(): Promise<ReadingPlan> {
    const { chainId, sources, followPools = 0, clock } = this.#options
    if (!this.#plan || clock.now() >= this.#freshUntil) {
      const pools = await followedPools(chainId, sources, followPools)
      this.#plan = this.#plan && isSame(pools, this.#pools) ? this.#plan : this.#planFor(pools)
      this.#pools = pools
      this.#freshUntil = clock.now() + STALE_AFTER_MS
    }
    return this.#plan
  }

  /** For facts that may change which pools are followed: the next plan is made anew. */
  expire() {
    this.#freshUntil = 0
  }

  #planFor(pools: FollowedPool[]): ReadingPlan {
    const sources = following(this.#options.sources, pools)
    return {
      filter: logFilterFor(sources),
      contracts: this.#contracts,
      readLogs: logReader(sources),
    }
  }
}

function isSame(some: FollowedPool[], others: FollowedPool[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ poolId }, index) => poolId === others[index]!.poolId)
  )
}

/**
 * The pools whose swaps are read: those that the sources can follow, of the tokens that graduated
 * last, at most `limit`.
 */
export async function followedPools(
  chainId: number,
  sources: readonly Source[],
  limit: number
): Promise<FollowedPool[]> {
  const kindsBySource = sources.flatMap(({ name, swaps = [] }) =>
    swaps.map(({ kind }): [string, string] => [name, kind])
  )
  if (limit === 0 || kindsBySource.length === 0) {
    return []
  }

  const graduated = await db
    .from('launch_events')
    .where({ chain_id: chainId, kind: 'graduated' })
    .whereIn(
      'source',
      sources.map(({ name }) => name)
    )
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .limit(limit)
    .select('token_address')
  const rank = new Map(graduated.map(({ token_address: token }, index) => [token, index]))

  const rows = await db
    .from('pools')
    .where('chain_id', chainId)
    .whereIn('token_address', [...rank.keys()])
    .whereIn(['source', 'kind'], kindsBySource)
    .whereNull('removed_at')
    .whereNotNull('quote_address')
    .orderBy('id')
    .select('source', 'kind', 'pool_id', 'token_address', 'quote_address')

  return rows
    .map((row) => ({
      source: row.source,
      kind: row.kind,
      poolId: row.pool_id,
      token: row.token_address,
      quote: row.quote_address,
    }))
    .sort((a, b) => rank.get(a.token)! - rank.get(b.token)!)
    .slice(0, limit)
}
