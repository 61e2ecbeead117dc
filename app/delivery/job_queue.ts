import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { isRemoval } from '#models/fact_types'
import type { ClaimedJob, DueJob } from '#delivery/job'
import { claimStatement } from '#delivery/claim_statement'
import type { ClaimRequest, ClaimedRow } from '#delivery/claim_statement'
import { jsonOf, jsonRows, rowsOf } from '#foundation/json_rows'
import { loadFacts } from '#delivery/load_facts'
import { REMOVED } from '#delivery/planned_removal'

const HELD_COLUMNS = { job_id: 'bigint', held_fence: 'integer' } as const

/** Jobs of a target without service that are set aside in one statement. */
const SKIPPED_AT_ONCE = 5000

/** The jobs of one channel in the database, as one process sees them. Times are epoch milliseconds. */
export class JobQueue {
  readonly #channel: string
  readonly #owner: string
  readonly #clock: Clock

  constructor(channel: string, owner: string, clock: Clock) {
    this.#channel = channel
    this.#owner = owner
    this.#clock = clock
  }

  /**
   * When each target with pending jobs is due next. Hops from target to target along the index, so
   * that a million jobs of one target cost as much as one.
   */
  async agenda(): Promise<Map<number, number>> {
    const pending = `from notification_jobs as job where status = 'pending' and channel = ?`
    const rows = await rowsOf<{ target_id: number; due_at: number }>(
      db.connection(),
      `with recursive target (id) as (
         select min(target_id) ${pending}
         union all
         select (select min(target_id) ${pending} and target_id > target.id)
         from target where target.id is not null
       )
       select id as target_id,
         (select min(next_attempt_at) ${pending} and target_id = target.id) as due_at
       from target where id is not null`,
      [this.#channel, this.#channel, this.#channel]
    )
    return new Map(rows.map((row) => [Number(row.target_id), Number(row.due_at)]))
  }

  /**
   * Takes due jobs for `leaseMs` milliseconds, of each target as many as asked for, oldest first.
   */
  async claim(requests: readonly ClaimRequest[], leaseMs: number): Promise<DueJob[]> {
    const now = this.#clock.now()
    const leaseUntil = now + leaseMs
    const { sql, bindings } = claimStatement(db.connection().dialect.name, {
      channel: this.#channel,
      owner: this.#owner,
      leaseUntil,
      now,
      requests,
    })

    const rows = await rowsOf<ClaimedRow>(db.connection(), sql, bindings)
    const jobs = rows.sort(byAge).map((row) => claimedJob(row, leaseUntil))
    const withFact = await loadFacts(jobs)
    const due = withFact.filter((job) => isRemoval(job.factType) || job.fact.removed_at === null)
    await this.#skipAll(lacking(jobs, withFact), 'the fact was deleted')
    await this.#skipAll(lacking(withFact, due), REMOVED)
    return due
  }

  /** Gives back jobs that were claimed but not tried. */
  async release(jobs: readonly ClaimedJob[]) {
    if (jobs.length === 0) {
      return
    }
    const client = db.connection()
    const held = jsonRows(client, 'held', HELD_COLUMNS)
    await client.rawQuery(
      `update notification_jobs set status = 'pending', lease_owner = null, lease_until = null
       from ${held}
       where id = job_id and fence = held_fence and lease_owner = ? and status = 'sending'`,
      [
        jsonOf(
          HELD_COLUMNS,
          jobs.map((job) => ({ job_id: job.id, held_fence: job.fence }))
        ),
        this.#owner,
      ]
    )
  }

  /** Sets aside pending jobs of a target that is out of service; a replay can find them. */
  async skip(targetId: number, reason: string) {
    await db
      .from('notification_jobs')
      .whereIn('id', (query) => {
        query
          .from('notification_jobs')
          .select('id')
          .whereRaw(`status = 'pending'`)
          .where({ channel: this.#channel, target_id: targetId })
          .limit(SKIPPED_AT_ONCE)
      })
      .whereRaw(`status = 'pending'`)
      .update({ status: 'skipped', last_error: reason })
  }

  async #skipAll(jobs: readonly ClaimedJob[], reason: string) {
    if (jobs.length === 0) {
      return
    }
    await db
      .from('notification_jobs')
      .whereIn(
        'id',
        jobs.map((job) => job.id)
      )
      .where({ status: 'sending', lease_owner: this.#owner })
      .update({ status: 'skipped', last_error: reason, lease_until: null })
  }
}

function lacking(jobs: readonly ClaimedJob[], kept: readonly ClaimedJob[]) {
  const ids = new Set(kept.map((job) => job.id))
  return jobs.filter((job) => !ids.has(job.id))
}

function byAge(a: ClaimedRow, b: ClaimedRow) {
  return Number(a.next_attempt_at) - Number(b.next_attempt_at) || Number(a.id) - Number(b.id)
}

function claimedJob(row: ClaimedRow, leaseUntil: number): ClaimedJob {
  return {
    id: Number(row.id),
    targetId: Number(row.target_id),
    factType: row.fact_type,
    factId: Number(row.fact_id),
    eventType: row.event_type,
    eventId: row.event_id,
    attempts: row.attempts,
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
    fence: row.fence,
    leaseUntil,
  }
}
