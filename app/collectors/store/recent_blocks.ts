import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'

/** How many blocks back hashes and pool states are kept: further back, the blocks of facts are known. */
export const KEPT_BLOCKS = 128

/** Remembers the hash of a block that may still be reorged, and forgets those that are too deep. */
export async function rememberBlock(
  trx: TransactionClientContract,
  chainId: number,
  block: { number: number; hash: string }
) {
  await trx
    .insertQuery()
    .table('scan_blocks')
    .insert({ chain_id: chainId, ...block })
  await trx
    .from('scan_blocks')
    .where('chain_id', chainId)
    .where('number', '<', block.number - KEPT_BLOCKS)
    .delete()
}

export interface BlockRange {
  from: number
  to: number
}

/** The blocks whose hashes are remembered; null where everything that is stored is final. */
export async function revertibleBlocks(
  trx: TransactionClientContract,
  chainId: number
): Promise<BlockRange | null> {
  const [range] = await rowsOf<Record<'oldest' | 'newest', number | string | null>>(
    trx,
    'select min(number) as oldest, max(number) as newest from scan_blocks where chain_id = ?',
    [chainId]
  )
  const { oldest, newest } = range!
  return oldest === null ? null : { from: Number(oldest), to: Number(newest) }
}

/** The remembered hashes, newest block first. */
export async function recentBlocks(chainId: number): Promise<{ number: number; hash: string }[]> {
  const rows = await db
    .from('scan_blocks')
    .where('chain_id', chainId)
    .orderBy('number', 'desc')
    .select('number', 'hash')

  return rows.map(({ number, hash }) => ({ number: Number(number), hash }))
}

export async function forgetBlocksAfter(
  trx: TransactionClientContract,
  chainId: number,
  number: number
) {
  await trx.from('scan_blocks').where('chain_id', chainId).where('number', '>', number).delete()
}
