import vine from '@vinejs/vine'
import { launch, pool, trade } from '#openapi/fact_shapes'
import type { Operations } from '#openapi/operation'
import { pageOf } from '#openapi/shapes'
import { latestEventsQuery, launchQuery, poolQuery, tradeQuery } from '#validators/fact_queries'

const launches = pageOf(vine.object(launch).meta({ title: 'Launch' }))
const pools = pageOf(vine.object(pool).meta({ title: 'Pool' }))
const trades = pageOf(vine.object(trade).meta({ title: 'Trade' }))

/** The lists of what happened, open to anyone. */
export const facts: Operations = {
  '/api/events/latest': {
    get: {
      id: 'latest_events',
      summary: 'The newest launches and graduations of all sources',
      query: latestEventsQuery,
      answer: launches,
    },
  },
  '/api/events/latest/{source}': {
    get: {
      id: 'latest_events_of_source',
      summary: 'The newest launches and graduations of one source',
      query: latestEventsQuery,
      answer: launches,
    },
  },
  '/api/v1/launches': {
    get: {
      id: 'list_launches',
      summary: 'Launches and graduations that match, newest first',
      query: launchQuery,
      answer: launches,
    },
  },
  '/api/v1/pools': {
    get: {
      id: 'list_pools',
      summary: 'Curves and pools that match with their latest state, newest first',
      query: poolQuery,
      answer: pools,
    },
  },
  '/api/v1/trades': {
    get: {
      id: 'list_trades',
      summary: 'Trades that match, newest first',
      query: tradeQuery,
      answer: trades,
    },
  },
}
