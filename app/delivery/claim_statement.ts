import type { Announcement } from '#models/fact_types'

/** How many jobs of a target are wanted. */
export interface ClaimRequest {
  targetId: number
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
  attempts: number
  next_attempt_at: number
  expires_at: number | null
  fence: number
}

interface Claim {
  channel: string
  owner: string
  leaseUntil: number
  now: number
  requests: readonly ClaimRequest[]
}

/**
 * One UPDATE that takes the due jobs of several targets. Each target is picked by its own ordered
 * index scan, so none can crowd out another. On PostgreSQL, rows that another sender is taking at
 * this moment are passed over; SQLite has one writer at a time.
 */
export function claimStatement(
  dialect: string,
  claim: Claim
): { sql: string; bindings: unknown[] } {
  const lock = dialect === 'postgres' ? 'for update skip locked' : ''
  const pick = `select * from (
    select id from notification_jobs
    where status = 'pending' and channel = ? and target_id = ? and next_attempt_at <= ?
    order by next_attempt_at, id limit ? ${lock}) as due`

  return {
    sql: `with picked as materialized (${claim.requests.map(() => pick).join(' union all ')})
      update notification_jobs
      set status = 'sending', lease_owner = ?, lease_until = ?, fence = fence + 1
      where id in (select id from picked) and status = 'pending'
      returning id, target_id, fact_type, fact_id, event_type, event_id, attempts,
        next_attempt_at, expires_at, fence`,
    bindings: [
      ...claim.requests.flatMap(({ targetId, limit }) => [
        claim.channel,
        targetId,
        claim.now,
        limit,
      ]),
      claim.owner,
      claim.leaseUntil,
    ],
  }
}
