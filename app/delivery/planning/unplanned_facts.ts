import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { allFactTypes, derived, factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { OUTCOME_COLUMNS } from '#delivery/outcomes/fact_outcome'
import type { PlannedChannel } from '#delivery/channel'
import { plannedOutcome } from '#delivery/planning/plan_fact'
import type { Plan } from '#delivery/planning/plan_fact'

const anyUnplanned = derived((kinds) => {
  const waiting = kinds.map(
    ({ table }) => `exists (select 1 from ${table} where planned_at is null)`
  )
  return `select case when ${waiting.join(' or ')} then 1 else 0 end as found`
})

/** Asked before a transaction is opened: a read takes no write lock and wakes no process. */
export async function hasUnplanned(): Promise<boolean> {
  const [row] = await rowsOf<{ found: number }>(db.connection(), anyUnplanned(), [])
  return Number(row!.found) === 1
}

/**
 * Takes facts of each kind, the oldest first, up to what `limitOf` says of it. When there are more of one kind, those
 * after it wait: no trade is planned before the launch of its token.
 */
export async function takeUnplanned(
  trx: TransactionClientContract,
  limitOf: (type: FactType) => number
): Promise<[FactType, FactRow[]][]> {
  const taken: [FactType, FactRow[]][] = []
  // Backwards: a launch that is stored meanwhile is seen, a trade of it is left for the next time.
  for (const type of allFactTypes().toReversed()) {
    taken.unshift([type, await oldestUnplanned(trx, type, limitOf(type))])
  }
  const full = taken.findIndex(([type, facts]) => facts.length === limitOf(type))
  return full === -1 ? taken : taken.slice(0, full + 1)
}

/**
 * Marks the facts of these plans, all of one kind, as planned at `now` (epoch milliseconds), with what
 * became of them over those channels that have nothing to send of them.
 */
export async function markPlanned(
  trx: TransactionClientContract,
  type: FactType,
  plans: readonly Plan[],
  { channels, now }: { channels: readonly PlannedChannel[]; now: number }
) {
  const marksOf = (plan: Plan) =>
    channels.flatMap(({ name, deliveredColumn }) =>
      deliveredColumn === null
        ? []
        : [
            [deliveredColumn, false],
            [OUTCOME_COLUMNS[deliveredColumn], plannedOutcome(plan, name)],
          ]
    )

  for (const alike of Map.groupBy(plans, (plan) => marksOf(plan).join()).values()) {
    await trx
      .from(factTypes[type].table)
      .whereIn(
        'id',
        alike.map((plan) => Number(plan.fact.id))
      )
      .update({ planned_at: now, ...Object.fromEntries(marksOf(alike[0]!)) })
  }
}

function oldestUnplanned(trx: TransactionClientContract, type: FactType, limit: number) {
  const query = trx
    .from(factTypes[type].table)
    .whereNull('planned_at')
    .orderBy('id')
    .limit(limit)
    .select(factTypes[type].plannedColumns)

  if (trx.dialect.name === 'postgres') {
    // What a reorg is taking back at this moment is planned when that is done.
    query.forUpdate().skipLocked()
  }
  return query as unknown as Promise<FactRow[]>
}
