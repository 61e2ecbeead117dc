import { findLaunches } from '#feed/find_launches'
import * as Address from 'ox/Address'

/** As many as are worth a crawler's visit: pages of tokens come by the thousand every day. */
const MOST = 1_000

/** The paths of the pages of those tokens that graduated last: most others are forgotten within an hour. */
export async function newestTokenPages(): Promise<string[]> {
  const { rows } = await findLaunches({ kind: 'graduated' }, { limit: MOST })
  const tokens = new Set(rows.map(({ token_address: token }) => String(token)))
  return [...tokens].map((token) => `/tokens/${Address.checksum(token)}`)
}
