import { creatorRecords, type CreatorRecord } from '#feed/creator_records'
import { listFacts, walkFacts } from '#feed/fact_list'
import { LAUNCH_COLUMNS } from '#feed/find_launches'
import { countTrades, type TradeCount } from '#feed/trade_counts'
import type { Page } from '#foundation/walk/page'
import type { FactRow } from '#facts/define_fact'

/** Rows of each list that a token's page shows. */
const LAUNCHES = 20
const POOLS = 20
const TRADES = 50
const OTHERS = 5

/** Trades are counted up to here. */
const MOST_COUNTED = 10_000

/** Everything stored about one token. */
export interface TokenStory {
  token: string
  launches: FactRow[]
  pools: FactRow[]
  /** A page of them, and where it goes on. */
  trades: Page<FactRow>
  tradeCount: TradeCount
  /** What its creator has done; null where the creator is not known. */
  record: CreatorRecord | null
  /** The newest of the other tokens of its creator. */
  others: FactRow[]
}

/** Which of the trades: of one trader (in lower case), or further back. */
export interface TradesWish {
  trader?: string
  before?: number
}

/** The story of a token (its address in lower case), newest first; null when nothing is stored of it. */
export async function readTokenStory(
  token: string,
  { trader, before }: TradesWish = {}
): Promise<TokenStory | null> {
  const filters = { token_address: token }
  const [launches, pools, trades] = await Promise.all([
    listFacts('launch', filters, { limit: LAUNCHES, columns: LAUNCH_COLUMNS }),
    listFacts('pool', filters, { limit: POOLS }),
    walkFacts('trade', { ...filters, trader }, { limit: TRADES, before }),
  ])
  if (launches.length + pools.length + trades.rows.length === 0) return null

  const creator = launches.find((launch) => launch.creator !== null)?.creator
  const [counts, records, others] = await Promise.all([
    countTrades([token], MOST_COUNTED),
    creatorRecords(creator ? [String(creator)] : []),
    creator ? othersOf(String(creator), token) : [],
  ])
  const record = records.get(String(creator)) ?? null
  return { token, launches, pools, trades, tradeCount: counts.get(token)!, record, others }
}

async function othersOf(creator: string, token: string): Promise<FactRow[]> {
  const window = { limit: OTHERS + 1, columns: LAUNCH_COLUMNS }
  const launches = await listFacts('launch', { creator, kind: 'created' }, window)
  return launches.filter(({ token_address: other }) => other !== token).slice(0, OTHERS)
}
