import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { idBounds } from '#foundation/db/id_bounds'
import { writeTransaction } from '#foundation/db/write_transaction'

/** Jobs looked at in one transaction: short enough that nobody waits for the write lock. */
const JOBS_AT_ONCE = 500

interface SweptJob {
  id: number
  status: string
  reason: string | null
  createdAt: number
}

/**
 * Deletes old jobs that nobody needs any more, with their attempts, from the oldest on. It
 * remembers how far it has come, so that what it left is not looked at every time.
 */
export class JobSweep {
  readonly #isDone: (job: SweptJob) => boolean
  #after = 0

  constructor(isDone: (job: SweptJob) => boolean) {
    this.#isDone = isDone
  }

  /**
   * One transaction among the jobs planned before a time (epoch milliseconds).
   *
   * @returns whether there may be more
   */
  async step(before: number): Promise<boolean> {
    const { through } = await idBounds(db.connection(), 'notification_jobs', { until: before })
    if (this.#after >= through) {
      return false
    }
    return writeTransaction(async (trx) => {
      const jobs = await nextJobs(trx, this.#after, through)
      const old = jobs.filter((job) => job.createdAt < before && this.#isDone(job))
      await deleteJobs(
        trx,
        old.map(({ id }) => id)
      )
      this.#after = jobs.at(-1)?.id ?? through
      return jobs.length === JOBS_AT_ONCE
    })
  }
}

/** Locked, so that no replay puts one back that is about to go. */
async function nextJobs(
  trx: TransactionClientContract,
  after: number,
  through: number
): Promise<SweptJob[]> {
  const query = trx
    .from('notification_jobs')
    .where('id', '>', after)
    .where('id', '<=', through)
    .orderBy('id')
    .limit(JOBS_AT_ONCE)
    .select('id', 'status', 'last_error', 'created_at')
  const rows = await (trx.dialect.name === 'postgres' ? query.forUpdate() : query)
  return rows.map((row) => ({
    id: Number(row.id),
    status: row.status,
    reason: row.last_error,
    createdAt: Number(row.created_at),
  }))
}

async function deleteJobs(trx: TransactionClientContract, ids: readonly number[]) {
  await trx
    .from('delivery_attempts')
    .whereIn('job_id', [...ids])
    .delete()
  await trx
    .from('notification_jobs')
    .whereIn('id', [...ids])
    .delete()
}
