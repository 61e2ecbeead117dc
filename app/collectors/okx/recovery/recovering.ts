import type { OkxRest } from '#collectors/okx/rest/okx_rest'
import { heardOf, type FollowedAccount, type Heard } from '#collectors/okx/ingest/heard'
import type { Ingest } from '#collectors/okx/ingest/ingest'
import { orElseUnknown } from '#collectors/okx/ingest/read_push'
import type { OkxRow } from '#sources/okx/row'

/** Clocks, and the seconds in which OKX's lists lag behind: each recovery goes back so far, in milliseconds. */
export const OVERLAP_MS = 120_000

/** What reads an account over REST and stores what it finds. */
export interface Recovering {
  account: FollowedAccount
  rest: OkxRest
  ingest: Ingest
  signal: AbortSignal
  /** What there is was there when the account was first read. */
  isStart: boolean
  origin: 'recovery' | 'audit'
}

/**
 * Stores the rows of an answer; one that cannot be read is kept and counted.
 *
 * @param read puts what a row tells into what was heard
 * @param askedAt of what the account has now: when that was asked, in epoch milliseconds
 */
export async function tellRows(
  { account, rest, ingest, isStart, origin }: Recovering,
  what: string,
  rows: readonly OkxRow[],
  read: (heard: Heard, row: OkxRow) => void,
  askedAt: number | null = null
): Promise<Heard> {
  const heard = heardOf(account, origin, rest.venue.clock.now(), { isStart, askedAt })
  for (const row of rows) {
    orElseUnknown(heard, what, row, () => read(heard, row))
  }
  const traded = [...heard.fills, ...heard.positions.map(({ said }) => said)]
  await ingest.instruments.learn(rest.venue, traded)
  await ingest.tell(heard)
  return heard
}

/** Kinds of instruments that lists have to be asked for one by one. */
export const INST_TYPES = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION']
