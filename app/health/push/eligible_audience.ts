import db from '@adonisjs/lucid/services/db'
import { eligibleUsers } from '#billing/plans/eligible_users'

export interface EligibleAudience {
  source: string
  kind: string
  /** Users who are to be told. */
  users: number
  /** Those among them who try it out: they are told once of a source. */
  trials: number
}

/**
 * How many users should be told of what at `now` (epoch milliseconds): asked of the query that
 * decides it when a launch is planned.
 */
export async function eligibleAudience(now: number): Promise<EligibleAudience[]> {
  const client = db.connection()
  const rows: Record<keyof EligibleAudience, any>[] = await client
    .from(eligibleUsers(client, 'webhook', now).as('eligible'))
    .groupBy('source', 'kind')
    .select('source', 'kind')
    .count('* as users')
    .select(client.raw(`sum(case when plan = 'trial' then 1 else 0 end) as trials`))
  return rows.map((row) => ({ ...row, users: Number(row.users), trials: Number(row.trials) }))
}
