import { countsOfAll } from '#webhooks/endpoints/delivery_stats'
import db from '@adonisjs/lucid/services/db'
import { UNSENT } from '#models/notification_job'

/** Sums over all that was ever pushed; one try of one event is one push. */
export interface Totals {
  accepted: number
  failed: number
  /** Events that a filter did not want. */
  left_out: number
  /** Events that a filter or a template failed on. */
  unfit: number
}

/** Read from the sums that are kept with every attempt. */
export async function readTotals(): Promise<Totals> {
  const counts = await countsOfAll()
  const of = (...outcomes: string[]) =>
    counts
      .filter(({ outcome }) => outcomes.includes(outcome))
      .reduce((sum, { attempts }) => sum + attempts, 0)
  return {
    accepted: of('accepted'),
    failed: of('failed'),
    left_out: of('left_out'),
    unfit: of('filter_failed', 'template_failed'),
  }
}

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

export interface EndpointCounts {
  active: number
  /** Active ones that have accepted nothing since they first failed. */
  failing: number
  disabled: number
  /** Those of the operator that are failing, and since when the first is (epoch milliseconds). */
  own_failing: number
  own_failing_at: number | null
}

export async function countEndpoints(): Promise<EndpointCounts> {
  const own: { endpoints: number | string; since: number | string | null } = await db
    .from('webhook_endpoints')
    .where('state', 'active')
    .whereNull('owner_id')
    .whereNotNull('failing_since')
    .count('* as endpoints')
    .min('failing_since as since')
    .first()
  const rows: { state: string; endpoints: number | string; failing: number | string }[] = await db
    .from('webhook_endpoints')
    .groupBy('state')
    .select('state')
    .count('* as endpoints')
    .count('failing_since as failing')
  const [active, disabled] = ['active', 'disabled'].map((name) =>
    rows.find(({ state }) => state === name)
  )
  return {
    active: Number(active?.endpoints ?? 0),
    failing: Number(active?.failing ?? 0),
    disabled: Number(disabled?.endpoints ?? 0),
    own_failing: Number(own.endpoints),
    own_failing_at: own.since === null ? null : Number(own.since),
  }
}
