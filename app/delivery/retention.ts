import type { JobReason } from '#models/reasons'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { idBounds } from '#foundation/db/id_bounds'
import { type Expiries, TablePruner } from '#foundation/db/retention'
import { writeTransaction } from '#foundation/db/transaction'
import { gotAhead } from '#foundation/rounds'
import db from '@adonisjs/lucid/services/db'

/** How long what has been of use is kept, in milliseconds. */
export interface RetentionPolicy {
  /** Deliveries that arrived, expired, or were filtered out: they are not needed again. */
  settledMs: number
  /** Those that failed or were skipped, and can be replayed until then. */
  undeliveredMs: number
  /** Other tables: facts that are on no chain, alerts, ended replays, and what else is named. */
  others: Expiries
}

/** How often old rows are looked for, and how long others may write between two steps, in ms. */
const EVERY_MS = 60_000
const BREATH_MS = 20

const SETTLED = ['sent', 'expired']
const ENDED = [...SETTLED, 'failed', 'skipped']

interface PrunerParts {
  clock: Clock
  retention: RetentionPolicy
  onFault: (error: Error) => void
}

/** Deletes what is kept of deliveries and of people when its time is over, beside the sender. */
export class Pruner {
  readonly #parts: PrunerParts
  readonly #others: TablePruner
  readonly #settled = new JobPruner(
    ({ status, reason }) => SETTLED.includes(status) || reason === 'filtered'
  )
  readonly #undelivered = new JobPruner(({ status }) => ENDED.includes(status))

  constructor(parts: PrunerParts) {
    this.#parts = parts
    this.#others = new TablePruner(parts.retention.others, parts.clock)
  }

  /** Works until `signal` aborts and the step under way is over. */
  async run(signal: AbortSignal) {
    const { clock, onFault } = this.#parts
    await every(EVERY_MS, () => this.prune(signal), { clock, signal, onError: onFault })
  }

  /** Deletes everything whose time is over. */
  async prune(signal?: AbortSignal) {
    const { clock, retention } = this.#parts
    const settledBefore = clock.now() - retention.settledMs
    const undeliveredBefore = clock.now() - retention.undeliveredMs

    await this.#sweep(() => this.#settled.step(settledBefore), signal)
    await this.#sweep(() => this.#undelivered.step(undeliveredBefore), signal)
    await this.#others.prune(signal)
  }

  /** Takes one step after the other while there may be more to delete. */
  async #sweep(step: () => Promise<boolean>, signal?: AbortSignal) {
    while (!signal?.aborted && (await step())) {
      gotAhead()
      await this.#parts.clock.sleep(BREATH_MS, signal)
    }
  }
}

/** Jobs looked at in one transaction: short enough that no writer waits long for the lock. */
const JOBS_AT_ONCE = 500

interface SweptJob {
  id: number
  status: string
  reason: JobReason | null
  createdAt: number
}

/**
 * Deletes old jobs that are not needed any more, with their attempts, from the oldest on. It
 * remembers how far it has come, so that what it left is not looked at every time.
 */
export class JobPruner {
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
    .select('id', 'status', 'reason', 'created_at')
  const rows = await (trx.dialect.name === 'postgres' ? query.forUpdate() : query)
  return rows.map((row) => ({
    id: Number(row.id),
    status: row.status,
    reason: row.reason,
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
