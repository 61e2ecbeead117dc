import vine from '@vinejs/vine'
import { queryOf } from '#validators/strict'
import {
  address,
  blockNumber,
  cursor,
  launchKind,
  limit,
  moment,
  poolId,
  sourceName,
} from '#validators/rules'

/** What every list of facts understands. */
const common = {
  source: sourceName(),
  token_address: address(),
  quote_address: address(),
  pool_id: poolId(),
  from_block: blockNumber(),
  to_block: blockNumber(),
  since: moment(),
  until: moment(),
  limit: limit(),
  cursor: cursor(),
}

export const launchQuery = queryOf({ ...common, kind: launchKind(), creator: address() })

export const poolQuery = queryOf({
  ...common,
  kind: vine.enum(['curve', 'v2', 'v3', 'infinity'] as const).optional(),
  creator: address(),
})

export const tradeQuery = queryOf({
  ...common,
  trader: address(),
  side: vine.enum(['buy', 'sell'] as const).optional(),
})

export const latestEventsQuery = queryOf({ kind: launchKind(), limit: limit() })
