import type { WrittenTable } from '#foundation/db/insert_rows'

/** What an endpoint showed and could not be read: kept for people to look at. */
export const quarantinedLogs: WrittenTable = {
  name: 'quarantined_logs',
  columns: {
    source: 'text',
    chain_id: 'bigint',
    address: 'text',
    tx_hash: 'text',
    log_index: 'integer',
    block_number: 'bigint',
    block_hash: 'text',
    detail: 'text',
    raw: 'text',
    created_at: 'bigint',
  },
}
