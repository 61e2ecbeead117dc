import gmgnConfig from '#config/gmgn'
import tronConfig from '#config/tron'
import activeSources from '#start/sources'
import { DEFAULT_WINDOW, placeText } from '#http/feed_wish'
import type { MarketReader } from '#http/money'
import { SORTS } from '#market/market_wish'
import { WINDOW_NAMES } from '#market/minutes'
import { QUOTE_NAMES } from '#market/quote_value'
import type { RankedPlace } from '#market/ranked_tokens'
import { gmgn } from '#sources/venues'
import { LIMITED, type FeedQuery, type LimitName } from '#validators/feed_query'

/** A link that changes one filter and keeps the others. */
interface FilterLink {
  name: string
  url: string
  isCurrent: boolean
}

/** The stages of a token's life, as the feed's tabs have them. */
const TABS = [
  { name: 'all', kind: undefined, stage: undefined },
  { name: 'created', kind: 'created', stage: undefined },
  { name: 'nearly', kind: undefined, stage: 'nearly' },
  { name: 'graduated', kind: 'graduated', stage: undefined },
  { name: 'watched', kind: undefined, stage: 'watched' },
] as const

/** What has a form of its own: it keeps what the others chose. */
const OF_FIGURES = ['sort', 'window', 'quote', 'currency', ...limitNames()] as const

/**
 * The filters of the feed as links and forms: they work without a script and can be sent to a friend.
 *
 * @param below where the list goes on; null where it ends
 */
export function feedFilters(
  { before: _before, after: _after, ...query }: FeedQuery,
  { money }: MarketReader,
  below: number | RankedPlace | null
) {
  const urlOf = (change: Partial<Record<keyof FeedQuery, unknown>>) =>
    `/${textOf({ ...query, ...change })}`
  const { window = DEFAULT_WINDOW, sort = 'age' } = query
  const limits = limitNames().filter((name) => query[name] !== undefined)

  return {
    ...query,
    window,
    sort,
    currency: money.currency,
    query: textOf(query).slice(1),
    /** The same page in the currency that is chosen by its switch. */
    anyCurrency: urlOf({ currency: undefined }),
    hasTron: tronConfig.urls.length > 0,
    isFiltered: textOf({ ...query, currency: undefined }) !== '',
    /** How many of the form's fields say something. */
    chosen: limits.length + Number(query.quote !== undefined),
    tabs: TABS.map(({ name, kind, stage }): FilterLink => {
      const isCurrent = query.kind === kind && query.stage === stage
      return { name, isCurrent, url: urlOf({ kind, stage }) }
    }),
    sources: [undefined, ...toldOf()].map((source) => {
      const isCurrent = query.source === source?.name
      return { label: source?.label, isCurrent, url: urlOf({ source: source?.name }) }
    }),
    sorts: SORTS.map((name): FilterLink => ({
      name,
      isCurrent: name === sort,
      url: urlOf({ sort: name === 'age' ? undefined : name }),
    })),
    windows: WINDOW_NAMES.map((name): FilterLink => ({
      name,
      isCurrent: name === window,
      url: urlOf({ window: name === DEFAULT_WINDOW ? undefined : name }),
    })),
    quotes: QUOTE_NAMES,
    limits: LIMITED.map((name) => ({
      name,
      min: query[`${name}_min`],
      max: query[`${name}_max`],
    })),
    clear: urlOf(Object.fromEntries(OF_FIGURES.map((name) => [name, undefined]))),
    kept: keptBeside(query),
    older:
      below === null
        ? null
        : urlOf(typeof below === 'number' ? { before: below } : { after: placeText(below) }),
  }
}

function limitNames(): LimitName[] {
  return LIMITED.flatMap((name): LimitName[] => [`${name}_min`, `${name}_max`])
}

/** The query of an address, with its question mark. */
export function textOf(query: Partial<Record<keyof FeedQuery, unknown>>): string {
  const wanted = Object.entries(query).filter(([, chosen]) => chosen !== undefined)
  const text = new URLSearchParams(
    wanted.map(([name, value]): [string, string] => [name, String(value)])
  )
  return text.size > 0 ? `?${text}` : ''
}

/** Hidden fields of the forms: of the search what the others chose, and the other way round. */
function keptBeside(query: FeedQuery) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const isOfFigures = (name: string) => (OF_FIGURES as readonly string[]).includes(name)
  return {
    search: given.filter(([name]) => name !== 'q').map(([name, value]) => ({ name, value })),
    figures: given.filter(([name]) => !isOfFigures(name)).map(([name, value]) => ({ name, value })),
  }
}

/** Venues that launches are told of: GMGN's only where it is asked, which takes a key. */
function toldOf() {
  return activeSources().filter((source) =>
    source === gmgn ? gmgnConfig.key !== undefined : source.hasLaunches
  )
}
