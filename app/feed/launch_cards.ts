import db from '@adonisjs/lucid/services/db'
import type { FactFilters } from '#feed/fact_filters'
import { listFacts } from '#feed/fact_list'
import { countTrades, type TradeCount } from '#feed/trade_counts'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'

/** Trades of each token are counted up to here. */
const MOST_COUNTED = 1000

const NO_TRADES: TradeCount = { count: 0, isMore: false, to: 0 }

/** A launch with what else is known of its token. */
export interface Launch {
  launch: FactRow
  /** The bonding curve, where the venue has one. */
  curve: FactRow | null
  tradeCount: TradeCount
}

/** The newest launches that match, each with its curve and trades, in four queries. */
export async function newestLaunches(filters: FactFilters, limit: number): Promise<Launch[]> {
  const columns = [...factTypes.launch.columns, 'created_at']
  return describeLaunches(await listFacts('launch', filters, { limit, columns }))
}

/** Adds to each launch its token's curve, trades and, where its own event named none, the name. */
export async function describeLaunches(launches: FactRow[]): Promise<Launch[]> {
  const tokens = [...new Set(launches.map((launch) => String(launch.token_address)))]
  const [names, curves, counts] = await Promise.all([
    tokenNames(launches),
    readCurves(tokens),
    countTrades(tokens, MOST_COUNTED),
  ])

  return launches.map((launch) => {
    const token = String(launch.token_address)
    return {
      launch: { ...launch, ...(launch.symbol === null ? names.get(token) : {}) },
      curve: curves.get(token) ?? null,
      tradeCount: counts.get(token) ?? NO_TRADES,
    }
  })
}

/** The curves of these tokens with their latest state, by token. */
export async function readCurves(tokens: string[]): Promise<Map<string, FactRow>> {
  const rows: FactRow[] = await db
    .from('pools')
    .select([...factTypes.pool.columns])
    .whereIn('token_address', tokens)
    .where('kind', 'curve')
    .whereNull('removed_at')
  return byToken(rows)
}

async function tokenNames(launches: FactRow[]): Promise<Map<string, FactRow>> {
  const nameless = launches.filter(({ symbol }) => symbol === null)
  if (nameless.length === 0) return new Map()

  const tokens = nameless.map(({ token_address: token }) => String(token))
  const rows: FactRow[] = await db
    .from('launch_events')
    .select('token_address', 'name', 'symbol', 'creator')
    .whereIn('token_address', tokens)
    .whereNotNull('symbol')
    .whereNull('removed_at')
  return byToken(rows)
}

function byToken(rows: FactRow[]): Map<string, FactRow> {
  return new Map(rows.map((row) => [String(row.token_address), row]))
}
