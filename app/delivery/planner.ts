import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/write_transaction'
import { factTypes } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import { earlierLives } from '#delivery/earlier_lives'
import { insertJobs, planFact } from '#delivery/planned_job'
import { plannedEndpoints } from '#delivery/planned_endpoints'
import { planRemovals } from '#delivery/planned_removal'

/** Facts planned in one transaction, and the most jobs that one may write. */
const FACTS_AT_ONCE = 500
const JOBS_AT_ONCE = 20_000

/**
 * Empties the outbox: each fact becomes one job for every endpoint that wants it, and each removed
 * fact one for every target that knows of it, in the transaction that marks it as planned. So it
 * is planned once, however many planners there are.
 */
export class Planner {
  readonly #clock: Clock
  readonly #defaultExpiryMs: number | null

  constructor(clock: Clock, defaultExpiryMs: number | null) {
    this.#clock = clock
    this.#defaultExpiryMs = defaultExpiryMs
  }

  /** Plans one batch of each fact type and answers how many facts that were. */
  async plan(): Promise<number> {
    let planned = 0
    for (const type of Object.keys(factTypes) as FactType[]) {
      if (await hasUnplanned(type)) {
        planned += await writeTransaction((trx) => this.#planBatch(trx, type))
      }
    }
    return planned
  }

  async #planBatch(trx: TransactionClientContract, type: FactType): Promise<number> {
    const endpoints = await plannedEndpoints(trx)
    const limit = Math.min(FACTS_AT_ONCE, Math.ceil(JOBS_AT_ONCE / (endpoints.length || 1)))
    const facts = await takeUnplanned(trx, type, limit)
    const lives = await earlierLives(trx, type, facts)
    const now = this.#clock.now()

    const standing = facts.filter((fact) => fact.removed_at === null)
    const removed = facts.filter((fact) => fact.removed_at !== null)
    const planning = { endpoints, now, defaultExpiryMs: this.#defaultExpiryMs, lives }
    const plans = [
      ...standing.map((fact) => planFact(type, fact, planning)),
      ...(await planRemovals(trx, type, removed, lives, now)),
    ]
    await insertJobs(
      trx,
      plans.flatMap((plan) => plan.jobs)
    )

    for (const isSettled of [true, false]) {
      const ids = plans.filter((plan) => plan.isSettled === isSettled).map((plan) => plan.factId)
      if (ids.length > 0) {
        await trx
          .from(factTypes[type].table)
          .whereIn('id', ids)
          .update({ planned_at: now, webhook_sent: isSettled })
      }
    }
    return facts.length
  }
}

/** Asked before a transaction is opened: looking must not take the write lock or wake anybody. */
async function hasUnplanned(type: FactType): Promise<boolean> {
  const found = await db.from(factTypes[type].table).whereNull('planned_at').select('id').first()
  return Boolean(found)
}

function takeUnplanned(trx: TransactionClientContract, type: FactType, limit: number) {
  const { table, columns } = factTypes[type]
  const query = trx
    .from(table)
    .whereNull('planned_at')
    .orderBy('id')
    .limit(limit)
    .select(...columns, 'created_at', 'removed_at')

  if (trx.dialect.name === 'postgres') {
    query.forUpdate().skipLocked()
  }
  return query as unknown as Promise<FactRow[]>
}
