import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import { factTypeOf, factTypes, isRemoval } from '#facts/registry'
import type { Announcement } from '#facts/registry'
import { quoted } from '#models/reasons'
import { ENDED, OUTCOME_COLUMNS } from '#delivery/outcomes/fact_outcome'
import type { PlannedChannel } from '#delivery/channel'
import type { Outcome } from '#delivery/outcomes/outcome'

/**
 * The facts of which nothing may be left to send over a channel, with ids in ascending order; none for
 * a channel without a column that says so.
 */
export function endedFacts(
  { deliveredColumn }: PlannedChannel,
  outcomes: readonly Outcome[]
): Map<Announcement, number[]> {
  if (deliveredColumn === null) {
    return new Map()
  }
  const done = outcomes.filter(({ status }) => ENDED.includes(status))
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
 * Marks facts of which nothing is left to send over a channel with what became of them, and as delivered
 * where at least one target has them and none will not. One that was removed goes by its removal.
 * Written with "is null" because PostgreSQL, as long as it has no statistics, makes a join of "not exists"
 * that goes through every job for every fact.
 */
export async function markEnded(
  trx: TransactionClientContract,
  { name, deliveredColumn }: PlannedChannel,
  announcement: Announcement,
  ids: number[]
) {
  const { table } = factTypes[factTypeOf(announcement)]
  const ofFact = `job.fact_type = ? and job.fact_id = ${table}.id and job.channel = ?`
  await execute(
    trx,
    `update ${table} set (${deliveredColumn}, ${OUTCOME_COLUMNS[deliveredColumn!]}) = (
       select outcome in ('sent', 'partial'), outcome from (
         select case
             when count(*) = 0 then 'unwanted'
             when count(case when status in ('failed', 'skipped') then 1 end) > 0 then 'failed'
             when count(case when status = 'sent' then 1 end) = 0 then 'expired'
             when count(case when status = 'expired' then 1 end) = 0 then 'sent'
             else 'partial'
           end as outcome
         from notification_jobs as job
         where ${ofFact} and (reason is null or reason <> ${quoted('filtered')})
       ) as ended)
     where id in ${jsonIds(trx)}
       and removed_at is ${isRemoval(announcement) ? 'not null' : 'null'}
       and (
         select job.id from notification_jobs as job
         where ${ofFact} and job.status in ('pending', 'sending', 'held')
         limit 1) is null`,
    [announcement, name, JSON.stringify(ids), announcement, name]
  )
}
