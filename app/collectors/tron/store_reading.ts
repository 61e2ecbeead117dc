import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { StoredCounts } from '#collectors/chain_reader'
import { quarantinedLogs } from '#collectors/store/quarantine'
import { tellReady } from '#collectors/tron/tell_ready'
import { rememberTronBlocks } from '#collectors/tron/remember_blocks'
import { settleUnfreezings } from '#collectors/tron/settle_unfreezings'
import { storeRecords } from '#collectors/tron/store_records'
import { insertRows } from '#foundation/db/insert_rows'
import { storable } from '#foundation/text/whole_text'
import type { TronBlock, TronReading, UnreadableTransaction } from '#sources/tron/records'

export interface StoringOptions {
  chainId: number
  /** Whether the records of all accounts are stored, not only of those that are watched. */
  watchesAll: boolean
}

/**
 * Stores blocks of TRON inside the caller's transaction: their records, what becomes of unfreezings
 * by them, and what can be withdrawn by now. Storing them twice changes nothing, in any order; amounts
 * that were missing before are filled in. Of blocks that are not final the records alone are stored.
 *
 * @param now epoch milliseconds
 */
export async function storeTronReading(
  trx: TransactionClientContract,
  { blocks, provisional = [] }: TronReading,
  storing: StoringOptions,
  now: number
): Promise<StoredCounts> {
  const confirmed = await storeConfirmed(trx, blocks, storing, now)
  const { chainId } = storing
  const early = await storeRecords(trx, provisional, { chainId, status: 'provisional', now })
  const counts = Object.entries(early.stored).map(([kind, count]) => [
    kind,
    count + (confirmed[kind] ?? 0),
  ])
  return { ...confirmed, ...Object.fromEntries(counts) }
}

async function storeConfirmed(
  trx: TransactionClientContract,
  blocks: readonly TronBlock[],
  { chainId, watchesAll }: StoringOptions,
  now: number
): Promise<StoredCounts> {
  if (blocks.length === 0) {
    return {}
  }
  const storing = { chainId, status: 'confirmed' as const, now }
  const { stored, refused } = await storeRecords(trx, blocks, storing)
  const unstorable = refused.map(({ row, error }) => ({
    block: { id: row.block_hash, number: row.block_number },
    txId: row.tx_hash,
    txIndex: row.tx_index,
    detail: storable(`the record cannot be stored: ${error.message}`),
  }))
  const unreadable = blocks.flatMap((block) => block.unreadable.map((one) => ({ ...one, block })))
  const quarantined = await quarantine(trx, chainId, [...unreadable, ...unstorable], now)
  await settleUnfreezings(trx, chainId, blocks, now)
  await rememberTronBlocks(trx, chainId, blocks, now)
  await tellReady(trx, { chainId, watchesAll, upTo: blocks.at(-1)!.timestampMs, now })
  return { ...stored, quarantined }
}

/** A transaction that is no record, and the block that holds it. */
interface Unrecorded extends UnreadableTransaction {
  block: { id: string; number: number }
}

/** Transactions that should be stake and could not be read are kept for people to look at. */
function quarantine(
  trx: TransactionClientContract,
  chainId: number,
  transactions: readonly Unrecorded[],
  now: number
): Promise<number> {
  const rows = transactions.map(({ block, txId, txIndex, detail }) => ({
    source: 'tron',
    chain_id: chainId,
    address: '',
    tx_hash: txId,
    log_index: txIndex,
    block_number: block.number,
    block_hash: block.id,
    detail,
    raw: JSON.stringify({ txId }),
    created_at: now,
  }))
  return insertRows(trx, quarantinedLogs, rows)
}
