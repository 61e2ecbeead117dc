import db from '@adonisjs/lucid/services/db'
import { derived } from '#facts/registry'

/**
 * The block number of facts that do not come from the chain. No contract emits logs in the genesis
 * block, so no other fact has it. Reorgs, audits and pruning by block skip it.
 */
export const OFF_CHAIN_BLOCK = 0

/** A stored fact's place on the chain. */
export interface StoredLog {
  table: string
  id: number
  key: string
  block: { number: number; hash: string }
}

/** What tells two logs of a chain apart. */
export function logKey(blockHash: string, logIndex: number): string {
  return `${blockHash}:${logIndex}`
}

/** Where logs are kept that could not be decoded. */
export const QUARANTINE = 'quarantined_logs'

const auditedTables = derived((kinds) => [
  ...kinds.filter(({ rows }) => rows).map(({ table }) => table),
  QUARANTINE,
])

/** The logs between two blocks, both included, that standing facts of these sources were read from. */
export async function storedLogs(
  chainId: number,
  fromBlock: number,
  toBlock: number,
  sourceNames: string[]
): Promise<StoredLog[]> {
  const logs: StoredLog[] = []
  for (const table of auditedTables()) {
    const query = db
      .from(table)
      .where('chain_id', chainId)
      .whereIn('source', sourceNames)
      .where('block_number', '>', OFF_CHAIN_BLOCK)
      .whereBetween('block_number', [fromBlock, toBlock])
      .select('id', 'block_number', 'block_hash', 'log_index')
    const rows = await (table === QUARANTINE ? query : query.whereNull('removed_at'))

    logs.push(
      ...rows.map((row) => ({
        table,
        id: Number(row.id),
        key: logKey(row.block_hash, row.log_index),
        block: { number: Number(row.block_number), hash: row.block_hash },
      }))
    )
  }
  return logs
}
