import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { source } from '#foundation/walk/stretch'

/** How many trades there are of a token; `isMore`: at least so many. */
export interface TradeCount {
  count: number
  isMore: boolean
  /** The id of the newest one that was counted; 0 where there is none. */
  to: number
}

const TOKEN = { token: 'text' } as const

/**
 * Counts the trades of each of these tokens that stand, in an index that says it, and each no
 * further than to `most`: some tokens are traded by the million.
 */
export async function countTrades(
  tokens: readonly string[],
  most: number
): Promise<Map<string, TradeCount>> {
  if (tokens.length === 0) {
    return new Map()
  }
  const client = db.connection()
  const rows = await rowsOf<{ token: string; trades: number | string; newest: number | string }>(
    client,
    `select token, (${counting(client, most + 1)}) as trades, (${newest(client)}) as newest
     from ${jsonRows(client, 'tokens', TOKEN)}`,
    [
      jsonOf(
        TOKEN,
        tokens.map((token) => ({ token }))
      ),
    ]
  )
  return new Map(
    rows.map(({ token, trades, newest: to }) => {
      const isMore = Number(trades) > most
      return [token, { count: isMore ? most : Number(trades), isMore, to: Number(to ?? 0) }]
    })
  )
}

function counting(client: QueryClientContract, most: number): string {
  const trades = source(client, 'trades', { index: 'trades_token' })
  return `select count(*) from (
    select 1 as one from ${trades} where token_address = token and removed_at is null
    limit ${most}) as counted`
}

function newest(client: QueryClientContract): string {
  const trades = source(client, 'trades', { index: 'trades_token' })
  return `select id from ${trades} where token_address = token and removed_at is null
    order by id desc limit 1`
}
