import db from '@adonisjs/lucid/services/db'
import { listFacts } from '#feed/fact_list'
import { factTypes, type FactRow } from '#models/fact_types'

/** Rows of each list that a token's page shows. */
const LAUNCHES = 20
const POOLS = 20
const TRADES = 50

/** Everything stored about one token. */
export interface TokenStory {
  token: string
  launches: FactRow[]
  pools: FactRow[]
  trades: FactRow[]
  tradeCount: number
}

/** The story of a token (its address in lower case), newest first; null when nothing is stored of it. */
export async function readTokenStory(token: string): Promise<TokenStory | null> {
  const filters = { token_address: token }
  const columns = [...factTypes.launch.columns, 'created_at']
  const [launches, pools, trades] = await Promise.all([
    listFacts('launch', filters, { limit: LAUNCHES, columns }),
    listFacts('pool', filters, { limit: POOLS }),
    listFacts('trade', filters, { limit: TRADES }),
  ])
  if (launches.length + pools.length + trades.length === 0) return null

  return { token, launches, pools, trades, tradeCount: await countTrades(token, trades.length) }
}

async function countTrades(token: string, listed: number): Promise<number> {
  if (listed < TRADES) return listed
  const [row] = await db
    .from('trades')
    .where('token_address', token)
    .whereNull('removed_at')
    .count('* as total')
  return Number(row.total)
}
