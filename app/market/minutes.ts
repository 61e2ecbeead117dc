import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { idBounds } from '#foundation/db/id_bounds'
import { jsonOf, jsonRows, jsonTexts } from '#foundation/db/json_rows'
import { execute, rowsOf } from '#foundation/db/statement'
import { unitOf } from '#market/quote_value'

export const MINUTE_MS = 60_000

/** The windows that figures are of, in minutes. */
export const WINDOWS = { '5m': 5, '1h': 60, '24h': 1440 } as const

export type WindowName = keyof typeof WINDOWS

export const WINDOW_NAMES = Object.keys(WINDOWS) as WindowName[]

/** What the trades of one token in one minute come to. */
interface Minute {
  token_address: string
  /** Since 1970. */
  minute: number
  buys: number
  sells: number
  /** What was paid in the coin, and in dollars. Other assets are not counted. */
  bnb: number
  usd: number
}

export interface CountedTrade {
  token_address: string
  event_time: number | string
  side: string
  quote_address: string | null
  quote_amount: string
}

const COLUMNS = {
  token_address: 'text',
  minute: 'bigint',
  buys: 'bigint',
  sells: 'bigint',
  bnb: 'double precision',
  usd: 'double precision',
} as const

const NAMES = Object.keys(COLUMNS).join(', ')

/** The first minute of a window that ends now. It is counted as a whole. */
export function firstMinute(window: WindowName, now: number): number {
  return Math.floor(now / MINUTE_MS) - WINDOWS[window]
}

/** Adds trades to the minutes of their tokens; those that are in no window any more are left out. */
export async function addTrades(
  client: QueryClientContract,
  trades: readonly CountedTrade[],
  now: number
) {
  const oldest = firstMinute('24h', now)
  const minutes = sumByMinute(trades).filter(({ minute }) => minute >= oldest)
  if (minutes.length === 0) return

  const sums = ['buys', 'sells', 'bnb', 'usd'].map(
    (name) => `${name} = token_minutes.${name} + excluded.${name}`
  )
  await execute(
    client,
    `insert into token_minutes (${NAMES}) select ${NAMES} from ${jsonRows(client, 'added', COLUMNS)}
     where true on conflict (token_address, minute) do update set ${sums.join(', ')}`,
    [jsonOf(COLUMNS, minutes)]
  )
}

function sumByMinute(trades: readonly CountedTrade[]): Minute[] {
  const minutes = new Map<string, Minute>()
  for (const { token_address: token, event_time: time, side, ...paid } of trades) {
    const minute = Math.floor(Number(time) / MINUTE_MS)
    const key = `${token} ${minute}`
    const sum = minutes.get(key) ?? {
      token_address: token,
      minute,
      buys: 0,
      sells: 0,
      bnb: 0,
      usd: 0,
    }
    minutes.set(key, sum)
    sum[side === 'buy' ? 'buys' : 'sells']++
    const unit = unitOf(paid.quote_address)
    if (unit) sum[unit === 'BNB' ? 'bnb' : 'usd'] += Number(paid.quote_amount) / 1e18
  }
  return [...minutes.values()]
}

/** Counts the minutes of these tokens anew, from their trades up to an id: some were removed. */
export async function recount(
  client: QueryClientContract,
  tokens: readonly string[],
  upTo: number,
  now: number
) {
  const since = firstMinute('24h', now) * MINUTE_MS
  // What happened in the window was stored in it, or later.
  const { after } = await idBounds(client, 'trades', { since })
  const ofTokens = `token_address in ${jsonTexts(client)}`
  await execute(client, `delete from token_minutes where ${ofTokens}`, [JSON.stringify(tokens)])
  const trades = await rowsOf<CountedTrade>(
    client,
    `select token_address, event_time, side, quote_address, quote_amount from trades
     where ${ofTokens} and id > ? and id <= ? and event_time >= ? and removed_at is null`,
    [JSON.stringify(tokens), after, upTo, since]
  )
  await addTrades(client, trades, now)
}

/** A window of one token: what was paid is in coins and dollars. */
export interface WindowSum {
  buys: number
  sells: number
  bnb: number
  usd: number
  /** Its oldest minute with a trade; null without any. */
  oldest: number | null
}

/** The windows of these tokens, as of now. A token without a trade in any of them is missing. */
export async function sumWindows(
  client: QueryClientContract,
  tokens: readonly string[],
  now: number
): Promise<Map<string, Record<WindowName, WindowSum>>> {
  const sums = WINDOW_NAMES.map((window) => {
    const isInside = `minute >= ${firstMinute(window, now)}`
    const parts = ['buys', 'sells', 'bnb', 'usd'].map(
      (name) => `sum(case when ${isInside} then ${name} else 0 end) as ${name}_${window}`
    )
    return [...parts, `min(case when ${isInside} then minute end) as oldest_${window}`].join(', ')
  })
  const rows = await rowsOf<Record<string, number | string | null> & { token_address: string }>(
    client,
    `select token_address, ${sums.join(', ')} from token_minutes
     where token_address in ${jsonTexts(client)} and minute >= ${firstMinute('24h', now)}
     group by token_address`,
    [JSON.stringify(tokens)]
  )
  return new Map(rows.map((row) => [row.token_address, windowsIn(row)]))
}

function windowsIn(row: Record<string, number | string | null>) {
  const windows = WINDOW_NAMES.map((window): [WindowName, WindowSum] => {
    const oldest = row[`oldest_${window}`]
    const sum = (name: string) => Number(row[`${name}_${window}`])
    return [
      window,
      {
        buys: sum('buys'),
        sells: sum('sells'),
        bnb: sum('bnb'),
        usd: sum('usd'),
        oldest: oldest === null || oldest === undefined ? null : Number(oldest),
      },
    ]
  })
  return Object.fromEntries(windows) as Record<WindowName, WindowSum>
}

/** Removes minutes that are in no window any more. */
export async function pruneMinutes(client: QueryClientContract, now: number) {
  await execute(client, 'delete from token_minutes where minute < ?', [firstMinute('24h', now)])
}
