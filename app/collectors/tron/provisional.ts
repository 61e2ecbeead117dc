import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { TronBlock } from '#sources/tron/records'

const TABLES = ['stake_records', 'delegate_records'] as const

interface Row {
  id: number
  tx_hash: string
  block_number: number | string
  block_hash: string
}

/**
 * Judges provisional records by blocks that are final. Those of these blocks are confirmed. Those of
 * other blocks at their heights are taken back, and so are transactions that these blocks hold now:
 * subscribers that were told of them are told of the removal. Of a height that is not among these
 * blocks nothing is known yet.
 */
export async function confirmOrTakeBack(
  trx: TransactionClientContract,
  chainId: number,
  blocks: readonly TronBlock[],
  now: number
) {
  const idAt = new Map(blocks.map(({ number, id }) => [number, id]))
  const included = new Set(blocks.flatMap(({ records }) => records.map(({ txId }) => txId)))

  for (const table of TABLES) {
    const rows = await provisional(trx, table, chainId, blocks[0]!.number)
    const finalId = (row: Row) => idAt.get(Number(row.block_number))
    const confirmed = rows.filter((row) => finalId(row) === row.block_hash)
    const gone = rows.filter((row) => {
      const id = finalId(row)
      return id === undefined ? included.has(row.tx_hash) : id !== row.block_hash
    })
    await change(trx, table, confirmed, { status: 'confirmed' })
    await change(trx, table, gone, { removed_at: now, planned_at: null })
  }
}

function provisional(
  trx: TransactionClientContract,
  table: string,
  chainId: number,
  from: number
): Promise<Row[]> {
  return trx
    .from(table)
    .where({ chain_id: chainId, status: 'provisional' })
    .where('block_number', '>=', from)
    .whereNull('removed_at')
    .select('id', 'tx_hash', 'block_number', 'block_hash') as unknown as Promise<Row[]>
}

async function change(
  trx: TransactionClientContract,
  table: string,
  rows: readonly Row[],
  values: object
) {
  if (rows.length > 0) {
    const ids = rows.map(({ id }) => Number(id))
    await trx.from(table).whereIn('id', ids).update(values)
  }
}
