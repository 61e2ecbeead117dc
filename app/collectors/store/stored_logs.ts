import db from '@adonisjs/lucid/services/db'
import { derived } from '#facts/registry'
import { quarantinedLogs } from '#collectors/store/quarantine'

/**
 * The block number of facts that do not come from the chain. No contract emits logs in the genesis
 * block, so no other fact has it. Reorgs, audits and pruning by block skip it.
 */
export const OFF_CHAIN_BLOCK = 0

/** A stored fact and its place on the chain. */
export interface StoredLog {
  table: string
  id: number
  key: string
  block: { number: number; hash: string }
  row: Record<string, unknown>
}

/** What tells two logs of a chain apart. */
export function logKey(blockHash: string, logIndex: number): string {
  return `${blockHash}:${logIndex}`
}

/** Where logs are kept that could not be decoded. */
export const QUARANTINE = 'quarantined_logs'

/** With the columns in which the content of their logs lies. */
const auditedTables = derived((kinds) => [
  ...kinds.flatMap(({ table, rows }) =>
    rows ? [{ table, columns: Object.keys(rows.columns) }] : []
  ),
  { table: QUARANTINE, columns: Object.keys(quarantinedLogs.columns) },
])

/** The logs between two blocks, both included, that standing facts of these sources were read from. */
export async function storedLogs(
  chainId: number,
  fromBlock: number,
  toBlock: number,
  sourceNames: string[]
): Promise<StoredLog[]> {
  const logs: StoredLog[] = []
  for (const { table, columns } of auditedTables()) {
    const query = db
      .from(table)
      .where('chain_id', chainId)
      .whereIn('source', sourceNames)
      .where('block_number', '>', OFF_CHAIN_BLOCK)
      .whereBetween('block_number', [fromBlock, toBlock])
      .select('id', ...columns)
    const rows = await (table === QUARANTINE ? query : query.whereNull('removed_at'))

    logs.push(
      ...rows.map((row) => ({
        table,
        id: Number(row.id),
        key: logKey(row.block_hash, row.log_index),
        block: { number: Number(row.block_number), hash: row.block_hash },
        row,
      }))
    )
  }
  return logs
}
