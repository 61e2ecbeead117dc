import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { usualBounds } from '#foundation/walk/way'
import type { Stream, Way } from '#foundation/walk/way'
import { allFactTypes, factTypes, removalOf } from '#facts/registry'
import type { Announcement, FactType } from '#facts/registry'

/** The key of a job: the fact it tells of, and whom. */
const KEY = 'notification_jobs_fact_type_fact_id_channel_target_id_unique'

/**
 * To the jobs of a token by way of its facts, which have an index of it; one of the jobs would halve
 * the speed at which these are planned. Null for a token that has too many facts.
 */
export async function wayOfToken(
  client: QueryClientContract,
  token: string,
  endpoints: readonly number[] | null
): Promise<Way | null> {
  const types = allFactTypes().filter((type) => factTypes[type].columns.includes('token_address'))
  if ((await countFacts(client, types, token)) > usualBounds.index) {
    return null
  }
  const streams = types.map((type): Stream => {
    const facts = `select id from ${factTypes[type].table} where token_address = ?`
    const sql = `${ofTypes([type, removalOf(type)])} and fact_id in (${facts})`
    return endpoints
      ? {
          index: KEY,
          where: {
            sql: `${sql} and channel = 'webhook' and target_id in ${jsonIds(client)}`,
            bindings: [token, JSON.stringify(endpoints)],
          },
        }
      : { index: KEY, where: { sql, bindings: [token] } }
  })
  return { order: 'none', streams }
}

/** To the jobs of a type of event, by way of the kind of fact: of use where there are few of that. */
export function wayOfEventType(eventType: string): Way | null {
  const meant = allFactTypes().flatMap((type): Announcement[] => {
    const events = factTypes[type].eventTypes.map((event) => event.eventType)
    const isRemoval = events.some((event) => `${event}.removed` === eventType)
    return events.includes(eventType) ? [type] : isRemoval ? [removalOf(type)] : []
  })
  const where = { sql: ofTypes(meant), bindings: [] }
  return meant.length === 0 ? null : { order: 'none', streams: [{ index: KEY, where }] }
}

function ofTypes(announcements: readonly Announcement[]): string {
  return `fact_type in (${announcements.map((name) => `'${name}'`).join(', ')})`
}

/** How many facts a token has, as far as it matters. */
async function countFacts(
  client: QueryClientContract,
  types: readonly FactType[],
  token: string
): Promise<number> {
  const parts = types.map(
    (type) =>
      `select * from (select 1 as one from ${factTypes[type].table}
       where token_address = ? limit ${usualBounds.index + 1}) as part`
  )
  const [counted] = await rowsOf<{ total: number | string }>(
    client,
    `select count(*) as total from (${parts.join(' union all ')}) as facts`,
    types.map(() => token)
  )
  return Number(counted!.total)
}
