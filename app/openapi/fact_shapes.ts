import vine from '@vinejs/vine'
import { address, amount, hash, integer, text, time } from '#openapi/shapes'

/** The public columns of each fact on a chain. */

const poolId = () => vine.string().regex(/^0x([0-9a-f]{40}|[0-9a-f]{64})$/)

const onChain = () => ({
  chain_id: integer(),
  block_number: integer(),
  block_hash: hash(),
  log_index: integer(),
  event_time: time(),
})

export const launch = {
  id: integer(),
  source: text(),
  kind: vine.enum(['created', 'graduated']),
  token_address: address(),
  symbol: text().nullable(),
  name: text().nullable(),
  creator: address().nullable(),
  quote_address: address().nullable(),
  quote_amount: amount().nullable(),
  base_amount: amount().nullable(),
  pool_id: poolId().nullable(),
  metadata_uri: text().nullable(),
  launch_tx: hash(),
  ...onChain(),
}

export const pool = {
  id: integer(),
  source: text(),
  kind: vine.enum(['curve', 'v2', 'v3', 'infinity']),
  pool_id: poolId(),
  creator: address().nullable(),
  token_address: address(),
  quote_address: address().nullable(),
  price: amount().nullable(),
  base_reserve: amount().nullable(),
  quote_reserve: amount().nullable(),
  raise_target: amount().nullable(),
  progress: amount().nullable(),
  tx_hash: hash(),
  ...onChain(),
}

export const trade = {
  id: integer(),
  source: text(),
  pool_id: poolId(),
  trader: address(),
  token_address: address(),
  side: vine.enum(['buy', 'sell']),
  quote_address: address().nullable(),
  quote_amount: amount(),
  base_amount: amount(),
  fee: amount().nullable(),
  price: amount().nullable(),
  tx_hash: hash(),
  ...onChain(),
}
