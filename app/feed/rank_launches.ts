import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { findLaunches, LAUNCH_COLUMNS, type FeedWish } from '#feed/find_launches'
import type { WatchRules } from '#feed/watched_launches'
import type { MarketWish } from '#market/market_wish'
import { rankTokens, type RankedPlace } from '#market/ranked_tokens'

/** Of what is searched for or watched, so many of the newest launches are sorted. */
const MOST_FOUND = 500

export interface RankedLaunches {
  rows: FactRow[]
  below: RankedPlace | null
}

/** Tokens in the order of a figure, each as its newest launch event. */
export async function rankLaunches(
  { stage, kind, q, source }: FeedWish,
  market: Omit<MarketWish, 'stage' | 'source' | 'tokens'>,
  page: { after?: RankedPlace; limit: number },
  watched?: WatchRules
): Promise<RankedLaunches> {
  const found =
    q || stage === 'watched'
      ? await findLaunches({ stage, q, source }, { limit: MOST_FOUND }, watched)
      : null
  const { markets, below } = await rankTokens(
    {
      ...market,
      source,
      stage: stage === 'nearly' ? stage : kind,
      tokens: found?.rows.map(({ token_address: token }) => String(token)),
    },
    page
  )
  const launches: FactRow[] = await db
    .from('launch_events')
    .select(LAUNCH_COLUMNS)
    .whereIn(
      'id',
      markets.map(({ launch_id: id }) => id)
    )
  const byId = new Map(launches.map((launch) => [Number(launch.id), launch]))
  const rows = markets.map(({ launch_id: id }) => byId.get(id)).filter((row) => row !== undefined)
  return { rows, below }
}
