import gmgnConfig from '#config/gmgn'
import tronConfig from '#config/tron'
import activeSources from '#start/sources'
import { gmgn } from '#sources/venues'

interface FeedFilters {
  source?: string
  kind?: string
}

/** A link that changes one filter and keeps the other. */
interface FilterLink {
  value: string | undefined
  url: string
  isCurrent: boolean
}

/** The filters of the feed as links: they work without a script and can be sent to a friend. */
export function feedFilters(filters: FeedFilters) {
  const link = (change: FeedFilters): FilterLink => {
    const [name, value] = Object.entries(change)[0]!
    const wanted = Object.entries({ ...filters, ...change }).filter(([, chosen]) => chosen)
    const query = new URLSearchParams(wanted).toString()
    const isCurrent = filters[name as keyof FeedFilters] === value
    return { value, isCurrent, url: query ? `/?${query}` : '/' }
  }

  return {
    ...filters,
    hasTron: tronConfig.urls.length > 0,
    isFiltered: Object.values(filters).some(Boolean),
    kinds: [undefined, 'created', 'graduated'].map((kind) => link({ kind })),
    sources: [undefined, ...toldOf()].map((source) => {
      return { ...link({ source: source?.name }), label: source?.label }
    }),
  }
}

/** Venues that launches are told of: GMGN's only where it is asked, which takes a key. */
function toldOf() {
  return activeSources().filter((source) =>
    source === gmgn ? gmgnConfig.key !== undefined : source.hasLaunches
  )
}
