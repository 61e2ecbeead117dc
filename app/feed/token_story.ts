import { creatorRecords, type CreatorRecord } from '#feed/creator_records'
import { listFacts } from '#feed/fact_list'
import { countTrades, type TradeCount } from '#feed/trade_counts'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'

/** Rows of each list that a token's page shows. */
const LAUNCHES = 20
const POOLS = 20
const TRADES = 50

/** Trades are counted up to here. */
const MOST_COUNTED = 10_000

/** Everything stored about one token. */
export interface TokenStory {
  token: string
  launches: FactRow[]
  pools: FactRow[]
  trades: FactRow[]
  tradeCount: TradeCount
  /** What its creator has done; null where the creator is not known. */
  record: CreatorRecord | null
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

  const creator = launches.find((launch) => launch.creator !== null)?.creator
  const [counts, records] = await Promise.all([
    countTrades([token], MOST_COUNTED),
    creatorRecords(creator ? [String(creator)] : []),
  ])
  const record = records.get(String(creator)) ?? null
  return { token, launches, pools, trades, tradeCount: counts.get(token)!, record }
}
