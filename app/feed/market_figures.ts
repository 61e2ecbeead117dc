import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { quoteSymbol } from '#facts/quote_assets'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { source } from '#foundation/walk/stretch'

/** Of each token so many of its newest trades are looked at. */
const MOST_TRADES = 500

/** The windows that figures are of, in milliseconds. */
export const WINDOWS = { m5: 5 * 60_000, h1: 3_600_000, h24: 86_400_000 } as const

export interface WindowFigures {
  buys: number
  sells: number
  /** In quote wei, of those trades that were paid in the asset of the newest one. */
  volume: bigint
  /** There were more trades in the window than were looked at. */
  isMore: boolean
}

/** What the trades of a token say of its market. */
export interface MarketFigures {
  /** Quote wei for one whole token, in the newest trade that says so. */
  price: bigint | null
  /** What that one was paid in. */
  quote: string | null
  windows: Record<keyof typeof WINDOWS, WindowFigures>
}

const TOKEN = { token: 'text' } as const

/** `[event_time, side, quote_amount, price, quote_address]`, newest first. */
type Told = [number, 'buy' | 'sell', string, string | null, string | null]

/**
 * The figures of these tokens, from their newest trades. Tokens that were never traded are missing.
 *
 * @param now epoch milliseconds
 */
export async function marketFigures(
  tokens: readonly string[],
  now: number
): Promise<Map<string, MarketFigures>> {
  if (tokens.length === 0) return new Map()

  const client = db.connection()
  const rows = await rowsOf<{ token: string; told: string | Told[] | null }>(
    client,
    `select token, (${newestTrades(client)}) as told from ${jsonRows(client, 'tokens', TOKEN)}`,
    [
      jsonOf(
        TOKEN,
        tokens.map((token) => ({ token }))
      ),
    ]
  )
  const told = rows.map(({ token, told: trades }): [string, Told[]] => {
    return [token, typeof trades === 'string' ? JSON.parse(trades) : (trades ?? [])]
  })
  return new Map(
    told
      .filter(([, trades]) => trades.length > 0)
      .map(([token, trades]) => [token, figuresOf(trades, now)])
  )
}

function newestTrades(client: QueryClientContract): string {
  const isPostgres = client.dialect.name === 'postgres'
  const [list, entry] = isPostgres
    ? ['json_agg', 'json_build_array']
    : ['json_group_array', 'json_array']
  const trades = source(client, 'trades', { index: 'trades_token' })
  return `select ${list}(${entry}(event_time, side, quote_amount, price, quote_address)) from (
    select event_time, side, quote_amount, price, quote_address from ${trades}
    where token_address = token and removed_at is null
    order by id desc limit ${MOST_TRADES}) as newest`
}

function figuresOf(trades: readonly Told[], now: number): MarketFigures {
  const priced = trades.find(([, , , price]) => price !== null)
  const quote = (priced ?? trades[0]!)[4]
  const windows = Object.entries(WINDOWS).map(([name, ms]) => {
    const inside = trades.filter(([time]) => time > now - ms)
    return [name, windowOf(inside, quote)]
  })
  return {
    price: priced ? BigInt(priced[3]!) : null,
    quote,
    windows: Object.fromEntries(windows),
  }
}

function windowOf(trades: readonly Told[], quote: string | null): WindowFigures {
  const buys = trades.filter(([, side]) => side === 'buy').length
  const paid = trades.filter(([, , , , asset]) => quoteSymbol(asset) === quoteSymbol(quote))
  return {
    buys,
    sells: trades.length - buys,
    volume: paid.reduce((sum, [, , amount]) => sum + BigInt(amount), 0n),
    isMore: trades.length === MOST_TRADES,
  }
}
