import type { Announcement } from '#facts/registry'
import type { JobStatus } from '#models/notification_job'
import { inJobClass } from '#delivery/queue/job'
import type { JobClass } from '#delivery/queue/job'

/** How many jobs of a target are wanted. */
export interface ClaimRequest {
  targetId: number
  jobClass: JobClass
  limit: number
}

/** A claimed row; PostgreSQL answers 64-bit columns as text. */
export interface ClaimedRow {
  id: number
  target_id: number
  fact_type: Announcement
  fact_id: number
  event_type: string
  event_id: string
  token_address: string | null
  priority: number
  attempts: number
  expires_at: number | null
  fence: number
}

export interface Claim {
  channel: string
  owner: string
  leaseUntil: number
  now: number
}

export interface Statement {
  sql: string
  bindings: unknown[]
}

/**
 * One UPDATE that takes the due jobs of several targets. Each target is picked by its own ordered
 * index scan, so none can crowd out another. On PostgreSQL, rows that another sender is taking at
 * this moment are passed over; SQLite has one writer at a time.
 */
export function claimStatement(
  dialect: string,
  claim: Claim,
  requests: readonly ClaimRequest[]
): Statement {
  const lock = dialect === 'postgres' ? 'for update skip locked' : ''
  const picks = requests.map(
    ({ jobClass }) => `select * from (
      select id from notification_jobs
      where ${inJobClass[jobClass]} and channel = ? and target_id = ? and next_attempt_at <= ?
      order by next_attempt_at, id limit ? ${lock}) as due`
  )

  return {
    sql: `with picked as materialized (${picks.join(' union all ')}) ${takePicked(dialect)}`,
    bindings: [
      ...requests.flatMap(({ targetId, limit }) => [claim.channel, targetId, claim.now, limit]),
      claim.owner,
      claim.leaseUntil,
    ],
  }
}

/**
 * Takes the rows that a statement's `picked` names and that are in one of these states, for an
 * owner and until a time. As an array
 * because PostgreSQL, which cannot know how few they are, joins a list with the whole table.
 */
export function takePicked(dialect: string, from: readonly JobStatus[] = ['pending']): string {
  const isWaiting = from.map((status) => `status = '${status}'`).join(' or ')
  const isPicked =
    dialect === 'postgres'
      ? 'id = any (array(select id from picked))'
      : 'id in (select id from picked)'

  return `update notification_jobs
    set status = 'sending', lease_owner = ?, lease_until = ?, fence = fence + 1
    where ${isPicked} and (${isWaiting})
    returning id, target_id, fact_type, fact_id, event_type, event_id, token_address, priority,
      attempts, expires_at, fence`
}
