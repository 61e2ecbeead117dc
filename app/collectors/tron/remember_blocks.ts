import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import type { TronBlock } from '#sources/tron/records'

/** A day of blocks, which come every 3 s. */
const KEPT_BLOCKS = 28_800

const tronBlocks: WrittenTable = {
  name: 'tron_blocks',
  columns: {
    chain_id: 'bigint',
    number: 'bigint',
    hash: 'text',
    parent_hash: 'text',
    block_time: 'bigint',
    witness: 'text',
    tx_count: 'integer',
    counts: 'text',
    proof_state: 'text',
    stored_at: 'bigint',
  },
}

/** Remembers what stands behind the blocks of the last day, and when they were stored. */
export async function rememberTronBlocks(
  trx: TransactionClientContract,
  chainId: number,
  blocks: readonly TronBlock[],
  now: number
) {
  const rows = blocks.map((block) => ({
    chain_id: chainId,
    number: block.number,
    hash: block.id,
    parent_hash: block.parentId,
    block_time: block.timestampMs,
    witness: block.witness,
    tx_count: block.txCount,
    counts: JSON.stringify(block.counts),
    proof_state: block.proof,
    stored_at: now,
  }))
  await insertRows(trx, tronBlocks, rows)

  const ofChain = () => trx.from('tron_blocks').where('chain_id', chainId)
  const [{ newest }] = await ofChain().max('number as newest')
  await ofChain()
    .where('number', '<=', Number(newest) - KEPT_BLOCKS)
    .delete()
}
