import { INTERVALS } from '#feed/candles'
import { displayText } from '#feed/display_text'
import { explorerUrl } from '#feed/explorer'
import { tradeLinks } from '#feed/trade_links'
import activeSources from '#start/sources'
import { quoteSymbol } from '#facts/quote_assets'
import type { TokenStory } from '#feed/token_story'
import type { FactRow } from '#facts/define_fact'
import { addressView, optionalAddressView, identicon } from '#views/address_view'
import { countView, amountView } from '#views/amount_view'
import { curveView } from '#views/curve_view'
import { launchFacts } from '#views/launch_view'
import type { MarketReader } from '#http/money'
import { moneyView } from '#views/money_view'
import { timeView } from '#views/time_view'

/** A token as its page shows it. */
export function tokenView(story: TokenStory, reader: MarketReader) {
  const { locale, now } = reader
  const address = addressView(story.token)
  const launches = story.launches.map((launch) => launchFacts(launch, locale, now))
  const symbol = displayText(firstKnown(story.launches, 'symbol'))
  const name = displayText(firstKnown(story.launches, 'name'))
  const venue = activeSources().find(({ name: source }) => source === story.launches[0]?.source)
  const isGraduated = launches.some(({ kind }) => kind === 'graduated')
  const creator = optionalAddressView(firstKnown(story.launches, 'creator'))
  const chain = Number((story.launches[0] ?? story.pools[0] ?? story.trades.rows[0])!.chain_id)

  return {
    address,
    launches,
    icon: identicon(address.lower),
    symbol,
    name,
    title: [symbol ?? address.short, name !== symbol && name].filter(Boolean).join(' · '),
    explorer: explorerUrl(chain, 'token', address.full),
    creator,
    record: story.record,
    links: tradeLinks(chain, address.full, venue),
    isGraduated,
    pools: byStage(story.pools, isGraduated).map((pool) => poolView(pool, reader)),
    trades: story.trades.rows.map((trade) => tradeView(trade, reader)),
    others: story.others.map((launch) => otherView(launch, reader)),
    data: dataLinks(address.full, creator?.full),
    tradeCount: countView(story.tradeCount, locale),
  }
}

/** Another token of the same creator. */
function otherView(launch: FactRow, { locale, now }: MarketReader) {
  const address = addressView(String(launch.token_address))
  const symbol = displayText(launch.symbol as string | null)
  return { url: `/tokens/${address.full}`, symbol, time: timeView(launch.event_time, locale, now) }
}

/** The same for programs: each list as JSON, and what the creator launches next as a feed. */
function dataLinks(token: string, creator?: string) {
  const lists = ['launches', 'pools', 'trades'].map((name) => ({
    name,
    url: `/api/v1/${name}?token_address=${token}`,
  }))
  return { lists, atom: creator && `/launches.atom?creator=${creator}` }
}

/** Where it trades now comes first: on its curve until it has graduated. */
function byStage(pools: FactRow[], isGraduated: boolean): FactRow[] {
  const [curves, others] = [pools.filter(isCurve), pools.filter((pool) => !isCurve(pool))]
  return isGraduated ? [...others, ...curves] : [...curves, ...others]
}

function isCurve({ kind }: FactRow): boolean {
  return kind === 'curve'
}

function poolView(pool: FactRow, reader: MarketReader) {
  return {
    kind: String(pool.kind),
    id: String(pool.pool_id),
    quote: quoteSymbol(pool.quote_address as string | null),
    ...curveView(pool, reader),
  }
}

function firstKnown(rows: FactRow[], column: string): string | null {
  return (rows.find((row) => row[column] !== null)?.[column] as string | undefined) ?? null
}

/** Which trades the page shows, and where the others are. */
export function tradesView({ token, trades }: TokenStory, { trader, interval }: TradesQuery) {
  const page = `/tokens/${addressView(token).full}`
  const urlOf = (change: Record<string, string | number | undefined>) => {
    const given = Object.entries({ trader, interval, ...change }).filter(([, value]) => value)
    const query = new URLSearchParams(
      given.map(([name, value]): [string, string] => [name, String(value)])
    )
    return query.size > 0 ? `${page}?${query}` : page
  }
  return {
    trader: trader ? addressView(trader) : null,
    all: `${urlOf({ trader: undefined })}#trades`,
    older: trades.below === null ? null : `${urlOf({ before: trades.below })}#trades`,
    intervals: INTERVALS.slice(0, -1).map((ms) => ({
      minutes: ms / 60_000,
      url: urlOf({ interval: ms / 60_000 }),
      isCurrent: interval === ms / 60_000,
    })),
  }
}

interface TradesQuery {
  trader?: string
  interval?: number
}

/** A trade as a row of a token's page shows it. */
export function tradeView(trade: FactRow, reader: MarketReader) {
  const { locale, now } = reader
  const chain = Number(trade.chain_id)
  const trader = addressView(String(trade.trader))
  const quote = trade.quote_address as string | null

  return {
    id: Number(trade.id),
    token: String(trade.token_address),
    side: String(trade.side),
    time: timeView(trade.event_time, locale, now),
    trader: {
      ...trader,
      explorer: explorerUrl(chain, 'address', trader.full),
      url: `/tokens/${addressView(String(trade.token_address)).full}?trader=${trader.lower}#trades`,
    },
    quote: moneyView(trade.quote_amount, quote, reader),
    base: amountView(trade.base_amount, '', locale),
    price: moneyView(trade.price, quote, reader),
    tx: explorerUrl(chain, 'tx', String(trade.tx_hash)),
    // For the chart: whole units of the quote asset.
    drawn: {
      price: trade.price === null ? null : Number(trade.price) / 1e18,
      volume: Number(trade.quote_amount) / 1e18,
      quote: quoteSymbol(quote) ?? '',
    },
  }
}
