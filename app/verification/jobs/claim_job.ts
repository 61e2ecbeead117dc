import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'
import { PRIORITIES } from '#models/verification_job'

/** After so long in a queue a job counts one class higher, in milliseconds. */
const AGEING_MS = 600_000

/** A job that this process works on. Only the holder of the newest fence may say how it ended. */
export interface ClaimedJob {
  id: number
  jobUid: string
  orderId: number
  /** Earlier attempts, this one not counted. */
  attempts: number
  generation: number
  createdAt: number
  /** When its first attempt began, and until when this one may take, in epoch milliseconds. */
  startedAt: number
  deadline: number
  fence: number
}

interface Claiming {
  /** The name of this process in leases. */
  owner: string
  /** How long an attempt may take, in milliseconds. */
  timeoutMs: number
  /** Epoch milliseconds. */
  now: number
}

/**
 * Takes the next job: of those that are due the one of the highest class, and of a class the one that
 * is due the longest. Each ten minutes in a queue count as one class, so that low ones never starve.
 * An attempt is a lease: while it lasts no other process has the job.
 *
 * @returns null when none is due
 */
export async function claimJob({ owner, timeoutMs, now }: Claiming): Promise<ClaimedJob | null> {
  for (;;) {
    const next = await nextDue(now)
    if (next === null) {
      return null
    }
    const [row] = await rowsOf<Row>(
      db.connection(),
      `update verification_jobs set state = 'in_progress', lease_owner = ?, fence = fence + 1,
         attempts = attempts + 1, deadline = ?, started_at = coalesce(started_at, ?)
       where id = ? and state = 'pending'
       returning id, job_uid, order_id, attempts, generation, created_at, started_at, deadline, fence`,
      [owner, now + timeoutMs, now, next]
    )
    // Without a row another process was faster.
    if (row) {
      return claimed(row)
    }
  }
}

/** The head of each queue is its best job: three steps in an index, however long the queues are. */
async function nextDue(now: number): Promise<number | null> {
  const heads = PRIORITIES.map(
    (priority, rank) =>
      `select id, due_at, ${rank} as class from (
         select id, due_at from verification_jobs
         where priority = '${priority}' and state = 'pending' and due_at <= ?
         order by due_at, id limit 1) as ${priority}_head`
  )
  const rows = await rowsOf<Record<'id' | 'due_at' | 'class', number | string>>(
    db.connection(),
    heads.join(' union all '),
    PRIORITIES.map(() => now)
  )
  const aged = rows.map((row) => {
    const dueAt = Number(row.due_at)
    const waits = Math.floor((now - dueAt) / AGEING_MS)
    return { id: Number(row.id), dueAt, rank: Math.max(0, Number(row.class) - waits) }
  })
  const [best] = aged.sort((one, other) => one.rank - other.rank || one.dueAt - other.dueAt)
  return best?.id ?? null
}

type Row = Record<
  | 'id'
  | 'order_id'
  | 'attempts'
  | 'generation'
  | 'created_at'
  | 'started_at'
  | 'deadline'
  | 'fence',
  number | string
> & { job_uid: string }

function claimed(row: Row): ClaimedJob {
  return {
    id: Number(row.id),
    jobUid: row.job_uid,
    orderId: Number(row.order_id),
    attempts: Number(row.attempts) - 1,
    generation: Number(row.generation),
    createdAt: Number(row.created_at),
    startedAt: Number(row.started_at),
    deadline: Number(row.deadline),
    fence: Number(row.fence),
  }
}
