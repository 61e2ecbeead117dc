import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { launchpads } from '#sources/venues'

/** More than a day brings: what is counted costs no more than reading so many entries of an index. */
const MOST_COUNTED = 50_000

/** New tokens that were stored after a launch and up to another one, by its id. */
export interface Counted {
  count: number
  /** Where the next count begins. */
  throughId: number
}

/**
 * Counts the tokens that were launched since, at every venue. They are far too many to be told one
 * by one, and none of them has a job: a message that goes out says how many there were.
 *
 * @param afterId the id of a launch, as the last count has named it
 */
export async function countCreated(client: QueryClientContract, afterId: number): Promise<Counted> {
  const throughId = await newestLaunchId(client)
  let count = 0
  for (const { name } of launchpads()) {
    const [row] = await rowsOf<{ count: number | string }>(
      client,
      `select count(*) as count from (
         select 1 from launch_events
         where source = ? and kind = 'created' and id > ? and id <= ? and removed_at is null
         limit ${MOST_COUNTED}) as created`,
      [name, afterId, throughId]
    )
    count += Number(row!.count)
  }
  return { count, throughId }
}

/** Where a count begins for a chat that was opened now. */
export async function newestLaunchId(client: QueryClientContract): Promise<number> {
  const [row] = await rowsOf<{ id: number | string | null }>(
    client,
    'select max(id) as id from launch_events',
    []
  )
  return Number(row!.id ?? 0)
}
