import type { WrittenTable } from '#foundation/db/insert_rows'

const POSITION = {
  source: 'text',
  chain_id: 'integer',
  log_index: 'integer',
  block_number: 'bigint',
  block_hash: 'text',
  event_time: 'bigint',
  created_at: 'bigint',
} as const

/** The tables a scanner writes, with the columns it fills. Amounts are decimal text. */

export const launches: WrittenTable = {
  name: 'launch_events',
  columns: {
    ...POSITION,
    kind: 'text',
    token_address: 'text',
    name: 'text',
    symbol: 'text',
    creator: 'text',
    quote_address: 'text',
    quote_amount: 'text',
    base_amount: 'text',
    pool_id: 'text',
    metadata_uri: 'text',
    launch_tx: 'text',
    raw: 'text',
  },
}

export const pools: WrittenTable = {
  name: 'pools',
  columns: {
    ...POSITION,
    kind: 'text',
    pool_id: 'text',
    creator: 'text',
    token_address: 'text',
    quote_address: 'text',
    state_block: 'bigint',
    state_log_index: 'integer',
    tx_hash: 'text',
  },
}

export const trades: WrittenTable = {
  name: 'trades',
  columns: {
    ...POSITION,
    pool_id: 'text',
    trader: 'text',
    token_address: 'text',
    side: 'text',
    quote_address: 'text',
    quote_amount: 'text',
    base_amount: 'text',
    fee: 'text',
    price: 'text',
    tx_hash: 'text',
  },
}

export const tokens: WrittenTable = {
  name: 'tokens',
  columns: {
    chain_id: 'integer',
    address: 'text',
    source: 'text',
    quote_address: 'text',
    next_look_up_at: 'bigint',
  },
}

export const quarantinedLogs: WrittenTable = {
  name: 'quarantined_logs',
  columns: {
    source: 'text',
    chain_id: 'integer',
    address: 'text',
    tx_hash: 'text',
    log_index: 'integer',
    block_number: 'bigint',
    block_hash: 'text',
    reason: 'text',
    raw: 'text',
    created_at: 'bigint',
  },
}
