import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** What a pool row knows that a log does not say. */
export interface KnownPool {
  quote: string | null
  raiseTarget: bigint | null
}

/** Ids per statement; both databases allow more, and one plan serves all full chunks. */
const CHUNK = 500

/** Reads the pools of these ids, as far as they are stored. */
export async function readKnownPools(
  trx: TransactionClientContract,
  chainId: number,
  poolIds: Iterable<string>
): Promise<Map<string, KnownPool>> {
  const pools = new Map<string, KnownPool>()
  const ids = [...new Set(poolIds)]

  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await trx
      .from('pools')
      .select('pool_id', 'quote_address', 'raise_target')
      .where('chain_id', chainId)
      .whereNull('removed_at')
      .whereIn('pool_id', ids.slice(start, start + CHUNK))

    for (const row of rows) {
      pools.set(row.pool_id, {
        quote: row.quote_address,
        raiseTarget: row.raise_target === null ? null : BigInt(row.raise_target),
      })
    }
  }
  return pools
}
