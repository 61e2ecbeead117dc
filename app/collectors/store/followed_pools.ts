import db from '@adonisjs/lucid/services/db'
import type { Source } from '#sources/define_source'
import type { FollowedPool } from '#sources/follow_pools'

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
