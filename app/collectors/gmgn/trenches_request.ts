/** Rows per list, at most: the most that GMGN gives. */
export const ROWS_PER_LIST = 80

/** What GMGN's own client sends for each list. The numbers are GMGN's codes for quote assets. */
const LIST = {
  filters: ['offchain', 'onchain'],
  launchpad_platform_v2: true,
  limit: ROWS_PER_LIST,
  launchpad_platform: ['fourmeme', 'flap'],
  quote_address_type: [6, 7, 1, 16, 8, 3, 9, 10, 2, 17, 18, 0],
}

/** The body of `POST /v1/trenches` for all three lists. */
export const TRENCHES_BODY = JSON.stringify({
  version: 'v2',
  new_creation: LIST,
  near_completion: LIST,
  completed: LIST,
})

/** GMGN refuses a time more than 5 s from its own, and a client id that it saw within 7 s. */
export function trenchesUrl(base: string, now: number, clientId: string): URL {
  const url = new URL(`${base.replace(/\/$/, '')}/v1/trenches`)
  url.searchParams.set('chain', 'bsc')
  url.searchParams.set('timestamp', String(Math.floor(now / 1000)))
  url.searchParams.set('client_id', clientId)
  return url
}
