import db from '@adonisjs/lucid/services/db'
import { factTypes, removalOf } from '#models/fact_types'
import type { FactType } from '#models/fact_types'

/** Ways into the table of jobs, as `job`, each by an index. */

export function jobsOfAll() {
  return db.from('notification_jobs as job')
}

export function jobsOfEndpoint(id: number) {
  return jobsOfAll().where('job.target_id', id)
}

/**
 * By way of the token's facts, kind by kind: they have an index on the token, and one of the jobs
 * would halve the speed at which these are planned and sent. `endpoints`: null for all.
 */
export function jobsOfToken(token: string, endpoints: readonly number[] | null) {
  return tokenTypes().map((type) => {
    const { table } = factTypes[type]
    // A cross join keeps SQLite from beginning with the jobs.
    const query = db
      .from(table)
      .joinRaw('cross join notification_jobs as job')
      .where(`${table}.token_address`, token)
      .whereColumn('job.fact_id', `${table}.id`)
      .whereIn('job.fact_type', [type, removalOf(type)])
    return endpoints ? query.whereIn('job.target_id', [...endpoints]) : query
  })
}

function tokenTypes(): FactType[] {
  const types = Object.keys(factTypes) as FactType[]
  return types.filter((type) => factTypes[type].columns.includes('token_address'))
}
