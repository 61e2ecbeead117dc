import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'
import type { JobStatus } from '#models/notification_job'
import type { Window } from '#health/settings'

/** How pushing over one way out does: Telegram, or the robots of one platform. */
export interface WayFigures {
  /** `telegram`, `web_push`, or a format of endpoints such as `robot_wecom`. */
  way: string
  /** Chats or robots that are told of events now. */
  targets: number
  sent: number
  /** What waits for its user, or was left out on purpose: no failure of ours. */
  held: number
  waiting: number
  failed: number
  /** Sent ÷ what should have been by now; null while nothing was due. */
  coverage: number | null
}

type State = 'sent' | 'held' | 'waiting' | 'failed'

/** What a state of a job means here; what is not named was never to be sent. */
const STATES: Partial<Record<JobStatus, State>> = {
  sent: 'sent',
  held: 'held',
  pending: 'waiting',
  sending: 'waiting',
  failed: 'failed',
}

interface Row {
  way: string
  status: JobStatus
  jobs: number | string
}

/** Reads Telegram first, then browsers, then each platform that has a robot, for the jobs planned in a window. */
export async function readWays(window: Window): Promise<WayFigures[]> {
  const targets = await readTargets()
  const rows = await readJobs(window)
  return targets.map(({ way, targets: count }) => {
    const sums = { sent: 0, held: 0, waiting: 0, failed: 0 }
    for (const { status, jobs } of rows.filter((row) => row.way === way)) {
      const state = STATES[status]
      if (state) sums[state] += Number(jobs)
    }
    const due = sums.sent + sums.waiting + sums.failed
    return { way, targets: Number(count), ...sums, coverage: due > 0 ? sums.sent / due : null }
  })
}

function readTargets() {
  return rowsOf<{ way: string; targets: number | string }>(
    db.connection(),
    `select 'telegram' as way, count(*) as targets from telegram_chats where status = 'active'
     union all
     select 'web_push', count(*) from web_push_subscriptions where status = 'active'
     union all
     select 'robot_' || format as way, sum(case when state = 'active' then 1 else 0 end)
     from webhook_endpoints where format <> 'json' group by format`,
    []
  )
}

/** Of webhooks only those to robots: programs have their own figures, and far more jobs. */
function readJobs({ since, until }: Window): Promise<Row[]> {
  return rowsOf<Row>(
    db.connection(),
    `select channel as way, status, count(*) as jobs from notification_jobs
     where channel in ('telegram', 'web_push') and created_at >= ? and created_at < ?
     group by channel, status
     union all
     select 'robot_' || format as way, job.status, count(*)
     from webhook_endpoints as endpoint
     join notification_jobs as job on job.channel = 'webhook' and job.target_id = endpoint.id
     where format <> 'json' and job.created_at >= ? and job.created_at < ?
     group by format, job.status`,
    [since, until, since, until]
  )
}
