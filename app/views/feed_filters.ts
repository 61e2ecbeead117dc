import gmgnConfig from '#config/gmgn'
import tronConfig from '#config/tron'
import activeSources from '#start/sources'
import { gmgn } from '#sources/venues'
import type { FeedWish } from '#feed/find_launches'

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

/**
 * The filters of the feed as links: they work without a script and can be sent to a friend.
 *
 * @param below where older rows go on; null where there are none
 */
export function feedFilters(wish: FeedWish, below: number | null) {
  const urlOf = (change: Partial<Record<keyof FeedWish | 'before', unknown>>) => {
    const wanted = Object.entries({ ...wish, ...change }).filter(([, chosen]) => chosen)
    const query = new URLSearchParams(
      wanted.map(([name, value]): [string, string] => [name, String(value)])
    )
    return query.size > 0 ? `/?${query}` : '/'
  }

  return {
    ...wish,
    hasTron: tronConfig.urls.length > 0,
    isFiltered: Object.values(wish).some(Boolean),
    tabs: TABS.map(({ name, kind, stage }): FilterLink => {
      const isCurrent = wish.kind === kind && wish.stage === stage
      return { name, isCurrent, url: urlOf({ kind, stage }) }
    }),
    sources: [undefined, ...toldOf()].map((source) => {
      const isCurrent = wish.source === source?.name
      return { label: source?.label, isCurrent, url: urlOf({ source: source?.name }) }
    }),
    older: below === null ? null : urlOf({ before: below }),
  }
}

/** Venues that launches are told of: GMGN's only where it is asked, which takes a key. */
function toldOf() {
  return activeSources().filter((source) =>
    source === gmgn ? gmgnConfig.key !== undefined : source.hasLaunches
  )
}
