import type { StoredLaunches } from '#health/launches_stored'
import { JOB_OUTCOMES, type JobOutcome, type PlannedPushes } from '#health/planned_pushes'
import db from '@adonisjs/lucid/services/db'
import { eligibleUsers } from '#billing/plans/eligible_users'
import { webhooks } from '#webhooks/sending/webhook_subscribers'

/** Pushes that no receiver waits for: too old when planned, not wanted, or without a receiver. */
const NOT_DUE: readonly JobOutcome[] = ['stale', 'left_out', 'set_aside']

interface Share {
  /** Pushes that should have been sent. */
  due: number
  sent: number
  /** Sent ÷ due; null while nothing was due. */
  coverage: number | null
}

export interface LaunchCoverage extends Share {
  source: string
  kind: string
  launches: number
  /** How many users should be told of such a launch now. */
  eligible_users: number
}

export interface Coverage extends Share {
  launches: number
  /** Pushes to eligible users of launches that are not planned yet. */
  unplanned: number
  /** The jobs of the window by what became of them. */
  jobs: Record<JobOutcome, number>
  by_launch: LaunchCoverage[]
}

/**
 * Compares what was sent with what should have been: the jobs that were planned, and where none
 * are planned yet, one push to each eligible user. A trial, which has one push of a source, is due no
 * more than one of a kind.
 */
export function coverageOf(
  planned: readonly PlannedPushes[],
  stored: readonly StoredLaunches[],
  audience: readonly EligibleAudience[]
): Coverage {
  const byLaunch = [...groups([...planned, ...stored, ...audience])].map(({ source, kind }) => {
    const isSame = (row: { source: string | null; kind: string | null }) =>
      row.source === source && row.kind === kind
    const { launches = 0, unplanned = 0 } = stored.find(isSame) ?? {}
    const { users = 0, trials = 0 } = audience.find(isSame) ?? {}
    const owed = unplanned > 0 ? (users - trials) * unplanned + trials : 0
    const share = shareOf(planned.filter(isSame), owed)
    return { source, kind, launches, eligible_users: users, owed, ...share }
  })
  const unplanned = byLaunch.reduce((sum, { owed }) => sum + owed, 0)

  return {
    launches: byLaunch.reduce((sum, { launches }) => sum + launches, 0),
    ...shareOf(planned, unplanned),
    unplanned,
    jobs: byOutcome(planned),
    by_launch: byLaunch.map(({ owed, ...launch }) => launch),
  }
}

/** What there are figures of, once each and in the order of its names. */
function groups(rows: readonly { source: string | null; kind: string | null }[]) {
  const names = rows.flatMap(({ source, kind }) => (source && kind ? `${source} ${kind}` : []))
  return [...new Set(names)].sort().map((name) => {
    const [source, kind] = name.split(' ') as [string, string]
    return { source, kind }
  })
}

function shareOf(planned: readonly PlannedPushes[], owed: number): Share {
  const jobs = byOutcome(planned)
  const expected = JOB_OUTCOMES.filter((outcome) => !NOT_DUE.includes(outcome))
  const due = expected.reduce((sum, outcome) => sum + jobs[outcome], owed)
  return { due, sent: jobs.sent, coverage: due > 0 ? jobs.sent / due : null }
}

function byOutcome(planned: readonly PlannedPushes[]): Record<JobOutcome, number> {
  const counts = Object.fromEntries(JOB_OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    JobOutcome,
    number
  >
  for (const { outcome, jobs } of planned) {
    counts[outcome] += jobs
  }
  return counts
}

export interface EligibleAudience {
  source: string
  kind: string
  /** Users who are to be told. */
  users: number
  /** Those among them who try it out: they are told once of a source. */
  trials: number
}

/**
 * How many users should be told of what at `now` (epoch milliseconds): asked of the query that
 * decides it when a launch is planned.
 */
export async function eligibleAudience(now: number): Promise<EligibleAudience[]> {
  const client = db.connection()
  const rows: Record<keyof EligibleAudience, any>[] = await client
    .from(eligibleUsers(client, [webhooks], now).as('eligible'))
    .groupBy('source', 'kind')
    .select('source', 'kind')
    .count('* as users')
    .select(client.raw(`sum(case when plan = 'trial' then 1 else 0 end) as trials`))
  return rows.map((row) => ({ ...row, users: Number(row.users), trials: Number(row.trials) }))
}
