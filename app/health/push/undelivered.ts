import db from '@adonisjs/lucid/services/db'
import { UNSENT } from '#models/notification_job'

const ENDED = ['failed', 'expired', 'held', 'skipped'] as const

/** Jobs that are on record and have not arrived. */
export type Undelivered = Record<(typeof ENDED)[number], number>

/** Counts them in the index that holds nothing else. */
export async function countUndelivered(): Promise<Undelivered> {
  const rows: { status: keyof Undelivered; jobs: number | string }[] = await db
    .from('notification_jobs')
    .whereRaw(UNSENT)
    .groupBy('status')
    .select('status')
    .count('* as jobs')
  const counts = new Map(rows.map(({ status, jobs }) => [status, Number(jobs)]))
  return Object.fromEntries(ENDED.map((status) => [status, counts.get(status) ?? 0])) as Undelivered
}
