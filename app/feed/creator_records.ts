import db from '@adonisjs/lucid/services/db'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'

/** Of each creator so many tokens are looked at, newest first. */
const MOST_TOKENS = 100

/** What a creator has done before. */
export interface CreatorRecord {
  tokens: number
  graduated: number
  /** There are more tokens than were looked at. */
  isMore: boolean
}

const CREATOR = { address: 'text' } as const

/** The records of these creators, by address. A graduation names no creator: it is found by its token. */
export async function creatorRecords(
  creators: readonly string[]
): Promise<Map<string, CreatorRecord>> {
  if (creators.length === 0) return new Map()

  const client = db.connection()
  const launches = `select token_address from launch_events
    where creator = address and kind = 'created' and removed_at is null
    order by id desc limit ${MOST_TOKENS}`
  const graduations = `select 1 from launch_events as later
    where later.token_address = own.token_address and later.kind = 'graduated'
    and later.removed_at is null`
  const rows = await rowsOf<{ address: string; tokens: unknown; graduated: unknown }>(
    client,
    `select address,
      (select count(*) from (${launches}) as own) as tokens,
      (select count(*) from (${launches}) as own where exists (${graduations})) as graduated
     from ${jsonRows(client, 'creators', CREATOR)}`,
    [
      jsonOf(
        CREATOR,
        creators.map((address) => ({ address }))
      ),
    ]
  )
  return new Map(
    rows.map(({ address, tokens, graduated }) => [
      address,
      {
        tokens: Number(tokens),
        graduated: Number(graduated),
        isMore: Number(tokens) === MOST_TOKENS,
      },
    ])
  )
}
