import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import { factTypeOf, factTypes, isRemoval } from '#facts/registry'
import type { Announcement } from '#facts/registry'
import { quoted } from '#models/reasons'
import type { PlannedChannel } from '#delivery/channel'
import type { Outcome } from '#delivery/outcomes/outcome'

/**
 * The facts that may have reached all targets of a channel, with ids in ascending order; none for a
 * channel without a column that says so.
 */
export function deliveredFacts(
  { deliveredColumn }: PlannedChannel,
  outcomes: readonly Outcome[]
): Map<Announcement, number[]> {
  if (deliveredColumn === null) {
    return new Map()
  }
  const done = outcomes.filter(({ status }) => status === 'sent' || status === 'expired')
  const byType = Map.groupBy(done, ({ job }) => job.factType)

  const entries = [...byType].map(([type, ofType]): [Announcement, number[]] => {
    const ids = new Set(ofType.map(({ job }) => job.factId))
    return [type, [...ids].sort((a, b) => a - b)]
  })
  return new Map(entries.sort(([a], [b]) => a.localeCompare(b)))
}

/**
 * Two senders that finish the last two jobs of a fact at the same moment would each see the other's
 * as unfinished. Locked first, and always in the same order, the later one sees both.
 */
export async function lockFacts(
  trx: TransactionClientContract,
  facts: Map<Announcement, number[]>
) {
  for (const [type, ofType] of Map.groupBy(facts, ([announcement]) => factTypeOf(announcement))) {
    const ids = ofType.flatMap(([, delivered]) => delivered)
    await trx.from(factTypes[type].table).whereIn('id', ids).orderBy('id').select('id').forUpdate()
  }
}

/**
 * Marks facts that have reached all targets of a channel that wanted them. One that was removed has,
 * once its removal has. Written with "is null" because PostgreSQL, as long as it has no statistics, makes a
 * join of "not exists" that goes through every job for every fact.
 */
export async function markDelivered(
  trx: TransactionClientContract,
  { name, deliveredColumn }: PlannedChannel,
  announcement: Announcement,
  ids: number[]
) {
  const { table } = factTypes[factTypeOf(announcement)]
  await execute(
    trx,
    `update ${table} set ${deliveredColumn} = true
     where id in ${jsonIds(trx)}
       and removed_at is ${isRemoval(announcement) ? 'not null' : 'null'}
       and (
         select job.id from notification_jobs as job
         where job.fact_type = ? and job.fact_id = ${table}.id and job.channel = ?
           and job.status <> 'sent' and job.status <> 'expired'
           and not (job.status = 'skipped' and job.reason = ${quoted('filtered')})
         limit 1) is null`,
    [JSON.stringify(ids), announcement, name]
  )
}
