import vine from '@vinejs/vine'
import type { Operations } from '#transformers/api_description/operation'
import { address, amount, hash, integer, pageOf } from '#transformers/api_description/shapes'
import { text, time } from '#transformers/api_description/shapes'
import { latestEventsQuery, launchQuery, poolQuery, tradeQuery } from '#validators/fact_queries'

const poolId = () => vine.string().regex(/^0x([0-9a-f]{40}|[0-9a-f]{64})$/)

const onChain = () => ({
  chain_id: integer(),
  block_number: integer(),
  block_hash: hash(),
  log_index: integer(),
  event_time: time(),
})

export const launch = vine
  .object({
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
  })
  .meta({ title: 'Launch' })

export const pool = vine
  .object({
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
  })
  .meta({ title: 'Pool' })

export const trade = vine
  .object({
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
  })
  .meta({ title: 'Trade' })

/** The lists of what happened, open to anyone. */
export const facts: Operations = {
  '/api/events/latest': {
    get: {
      id: 'latest_events',
      summary: 'The newest launches and graduations of all sources',
      query: latestEventsQuery,
      answer: pageOf(launch),
    },
  },
  '/api/events/latest/{source}': {
    get: {
      id: 'latest_events_of_source',
      summary: 'The newest launches and graduations of one source',
      query: latestEventsQuery,
      answer: pageOf(launch),
    },
  },
  '/api/v1/launches': {
    get: {
      id: 'list_launches',
      summary: 'Launches and graduations that match, newest first',
      query: launchQuery,
      answer: pageOf(launch),
    },
  },
  '/api/v1/pools': {
    get: {
      id: 'list_pools',
      summary: 'Curves and pools that match with their latest state, newest first',
      query: poolQuery,
      answer: pageOf(pool),
    },
  },
  '/api/v1/trades': {
    get: {
      id: 'list_trades',
      summary: 'Trades that match, newest first',
      query: tradeQuery,
      answer: pageOf(trade),
    },
  },
}
