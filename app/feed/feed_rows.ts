import { creatorRecords, type CreatorRecord } from '#feed/creator_records'
import { describeLaunches, type Launch } from '#feed/launch_cards'
import { marketFigures, type MarketFigures } from '#feed/market_figures'
import type { FactRow } from '#facts/define_fact'

/** A launch as the feed shows it: with its market, and with what its creator did before. */
export interface FeedRow extends Launch {
  market: MarketFigures | null
  record: CreatorRecord | null
}

/**
 * Adds to each launch what the feed tells of it.
 *
 * @param now epoch milliseconds
 */
export async function feedRows(launches: FactRow[], now: number): Promise<FeedRow[]> {
  const described = await describeLaunches(launches)
  const tokens = described.map(({ launch }) => String(launch.token_address))
  const creators = described.flatMap(({ launch: { creator } }) =>
    creator ? [String(creator)] : []
  )
  const [markets, records] = await Promise.all([
    marketFigures([...new Set(tokens)], now),
    creatorRecords([...new Set(creators)]),
  ])
  return described.map((row) => ({
    ...row,
    market: markets.get(String(row.launch.token_address)) ?? null,
    record: records.get(String(row.launch.creator)) ?? null,
  }))
}
