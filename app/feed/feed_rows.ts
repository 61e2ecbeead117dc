import db from '@adonisjs/lucid/services/db'
import { creatorRecords, type CreatorRecord } from '#feed/creator_records'
import { describeLaunches, type Launch } from '#feed/launch_cards'
import { readMarkets, type TokenMarket } from '#market/token_market'
import type { FactRow } from '#facts/define_fact'

/** A launch as the feed shows it: with its market, and with what its creator did before. */
export interface FeedRow extends Launch {
  /** Not there yet of a launch that was a moment ago. */
  market: TokenMarket | null
  record: CreatorRecord | null
}

/** Adds to each launch what the feed tells of it. */
export async function feedRows(launches: FactRow[]): Promise<FeedRow[]> {
  const described = await describeLaunches(launches)
  const tokens = described.map(({ launch }) => String(launch.token_address))
  const creators = described.flatMap(({ launch: { creator } }) =>
    creator ? [String(creator)] : []
  )
  const [markets, records] = await Promise.all([
    readMarkets(db.connection(), [...new Set(tokens)]),
    creatorRecords([...new Set(creators)]),
  ])
  return described.map((row) => ({
    ...row,
    market: markets.get(String(row.launch.token_address)) ?? null,
    record: records.get(String(row.launch.creator)) ?? null,
  }))
}
