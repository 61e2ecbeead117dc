import db from '@adonisjs/lucid/services/db'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { factTypeOf, factTypes } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import type { ClaimedJob, DueJob } from '#delivery/queue/job'

/** Puts its fact beside each job, with one query per fact type. A job whose fact is gone is left out. */
export async function loadFacts(jobs: readonly ClaimedJob[]): Promise<DueJob[]> {
  const facts = new Map<FactType, Map<number, FactRow>>()
  for (const [type, ofType] of Map.groupBy(jobs, (job) => factTypeOf(job.factType))) {
    const ids = [...new Set(ofType.map((job) => job.factId))]
    const rows = await factsById(type, ids)
    facts.set(type, new Map(rows.map((row) => [Number(row.id), row])))
  }

  return jobs.flatMap((job) => {
    const fact = facts.get(factTypeOf(job.factType))?.get(job.factId)
    return fact ? [{ ...job, fact }] : []
  })
}

/** As JSON, because a list of placeholders is another statement for every length. */
async function factsById(type: FactType, ids: readonly number[]): Promise<FactRow[]> {
  const { table, columns } = factTypes[type]
  const client = db.connection()
  return rowsOf<FactRow>(
    client,
    `select ${columns.join(', ')}, removed_at from ${table} where id in ${jsonIds(client)}`,
    [JSON.stringify(ids)]
  )
}
