import db from '@adonisjs/lucid/services/db'
import { allFactTypes, factTypes, type FactType } from '#facts/registry'
import { inJobClass, JOB_CLASSES, type JobClass } from '#delivery/queue/job'

export interface Outbox {
  /** Facts that the planner has not planned yet. */
  facts: number
  /** When the oldest of them was stored or taken back, in epoch milliseconds. */
  oldest_at: number | null
}

/** What waits for the planner. Costs what waits: each table has an index of that alone. */
export async function readOutbox(): Promise<Outbox> {
  const parts = await Promise.all(allFactTypes().map(readOne))
  const oldest = parts.flatMap(({ oldest_at: at }) => at ?? [])
  return {
    facts: parts.reduce((sum, { facts }) => sum + facts, 0),
    oldest_at: oldest.length > 0 ? Math.min(...oldest) : null,
  }
}

async function readOne(type: FactType): Promise<Outbox> {
  const unplanned = () => db.from(factTypes[type].table).whereNull('planned_at')
  const [count, oldest] = await Promise.all([
    unplanned().count('* as facts').first(),
    unplanned().orderBy('id').select('created_at', 'removed_at').first(),
  ])
  return {
    facts: Number(count.facts),
    oldest_at: oldest ? Number(oldest.removed_at ?? oldest.created_at) : null,
  }
}

export interface Backlog {
  /** Jobs that were never tried. */
  new: number
  /** Jobs that failed and are to be tried again. */
  tried: number
  /** Jobs that a replay put back. */
  replayed: number
  sending: number
  /** When the oldest job was due that was never tried, in epoch milliseconds. */
  oldest_new_at: number | null
}

/** Which webhooks wait to be sent, by why they wait. Costs what waits: there are indexes of that alone. */
export async function readBacklog(): Promise<Backlog> {
  const [sending, ...waiting] = await Promise.all([
    db
      .from('notification_jobs')
      .where({ status: 'sending', channel: 'webhook' })
      .count('* as jobs')
      .first(),
    ...JOB_CLASSES.map((jobClass) =>
      db
        .from('notification_jobs')
        .whereRaw(inJobClass[jobClass])
        .where('channel', 'webhook')
        .count('* as jobs')
        .min('next_attempt_at as due_at')
        .first()
    ),
  ])
  const of = (jobClass: JobClass) => waiting[JOB_CLASSES.indexOf(jobClass)]
  const oldest = of('first').due_at
  return {
    new: Number(of('first').jobs),
    tried: Number(of('retry').jobs),
    replayed: Number(of('replay').jobs),
    sending: Number(sending.jobs),
    oldest_new_at: oldest === null ? null : Number(oldest),
  }
}
