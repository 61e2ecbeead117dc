import { because } from '#models/reasons'
import type { Skip } from '#models/reasons'
import { transaction } from '#foundation/db/transaction'
import type { Clock } from '#foundation/clock'
import { factTypeOf, factTypes, isRemoval } from '#facts/registry'
import { readNextDue } from '#delivery/queue/waiting_jobs'
import type { DueJobs } from '#delivery/queue/waiting_jobs'
import type { ClaimedJob, DueJob } from '#delivery/queue/job'
import { claimStatement } from '#delivery/queue/claim_statement'
import type { Claim, ClaimedRow, ClaimRequest } from '#delivery/queue/claim_statement'
import { fifoClaimStatement } from '#delivery/queue/fifo_claim_statement'
import { togetherClaimStatement } from '#delivery/queue/together_claim_statement'
import { jsonIds, jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { skipPending } from '#delivery/queue/left_behind'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import db from '@adonisjs/lucid/services/db'

const HELD_COLUMNS = { job_id: 'bigint', held_fence: 'integer' } as const

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

  nextDue(): Promise<Map<number, DueJobs>> {
    return readNextDue(this.#channel)
  }

  /**
   * Takes due jobs for `leaseMs` milliseconds, of each target and class as many as asked for,
   * oldest first.
   */
  async claim(requests: readonly ClaimRequest[], leaseMs: number): Promise<DueJob[]> {
    const claim = this.#claim(leaseMs)
    const client = db.connection()
    const { sql, bindings } = claimStatement(client.dialect.name, claim, requests)

    return this.#take(await rowsOf<ClaimedRow>(client, sql, bindings), claim.leaseUntil)
  }

  /** As `claim`, for one target whose events keep the order of their token. */
  async claimInOrder(requests: readonly ClaimRequest[], leaseMs: number): Promise<DueJob[]> {
    const claim = this.#claim(leaseMs)
    const targetId = requests[0]!.targetId

    const rows = await transaction(async (trx) => {
      if (trx.dialect.name === 'postgres') {
        const lock = `select pg_advisory_xact_lock(hashtext('fifo ' || ?), ?)`
        await trx.rawQuery(lock, [claim.channel, targetId])
      }
      const { sql, bindings } = fifoClaimStatement(trx.dialect.name, claim, requests)
      return rowsOf<ClaimedRow>(trx, sql, bindings)
    })
    return this.#take(rows, claim.leaseUntil)
  }

  /** Takes the newest of all that waits for one target, due or held. */
  async claimTogether(
    request: Pick<ClaimRequest, 'targetId' | 'limit'>,
    leaseMs: number
  ): Promise<DueJob[]> {
    const claim = this.#claim(leaseMs)
    const client = db.connection()
    const { sql, bindings } = togetherClaimStatement(client.dialect.name, claim, request)

    return this.#take(await rowsOf<ClaimedRow>(client, sql, bindings), claim.leaseUntil)
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
  async skip(targetId: number, reason: Skip) {
    await skipPending(this.#channel, targetId, reason)
  }

  #claim(leaseMs: number): Claim {
    const now = this.#clock.now()
    return { channel: this.#channel, owner: this.#owner, leaseUntil: now + leaseMs, now }
  }

  /** Puts the facts beside claimed jobs, and sets aside those that have nothing to tell any more. */
  async #take(rows: ClaimedRow[], leaseUntil: number): Promise<DueJob[]> {
    const jobs = rows.map((row) => claimedJob(row, leaseUntil)).sort((a, b) => a.id - b.id)
    const withFact = await loadFacts(jobs)
    const due = withFact.filter((job) => isRemoval(job.factType) || job.fact.removed_at === null)
    await this.#skipAll(lacking(jobs, withFact), 'event_deleted')
    await this.#skipAll(lacking(withFact, due), 'event_removed')
    return due
  }

  async #skipAll(jobs: readonly ClaimedJob[], reason: Skip) {
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
      .update({ status: 'skipped', ...because(reason), lease_until: null })
  }
}

function lacking(jobs: readonly ClaimedJob[], kept: readonly ClaimedJob[]) {
  if (kept.length === jobs.length) {
    return []
  }
  const ids = new Set(kept.map((job) => job.id))
  return jobs.filter((job) => !ids.has(job.id))
}

function claimedJob(row: ClaimedRow, leaseUntil: number): ClaimedJob {
  return {
    id: Number(row.id),
    targetId: Number(row.target_id),
    factType: row.fact_type,
    factId: Number(row.fact_id),
    eventType: row.event_type,
    eventId: row.event_id,
    tokenAddress: row.token_address,
    priority: row.priority,
    attempts: row.attempts,
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
    fence: row.fence,
    leaseUntil,
  }
}

/** Puts its fact beside each job, with one query per fact type. A job whose fact is gone is left out. */
export async function loadFacts(jobs: readonly ClaimedJob[]): Promise<DueJob[]> {
  const facts = new Map<FactType, Map<number, FactRow>>()
  for (const [type, ofType] of Map.groupBy(jobs, (job) => factTypeOf(job.factType))) {
    const ids = [...new Set(ofType.map((job) => job.factId))]
    const rows = await factsById(type, ids)
    facts.set(type, new Map(rows.map((row) => [Number(row.id), row])))
  }

  return jobs.flatMap((job) => {
    const fact = facts.get(factTypeOf(job.factType))?.get(job.factId)
    return fact ? [{ ...job, fact }] : []
  })
}

/** As JSON, because a list of placeholders is another statement for every length. */
async function factsById(type: FactType, ids: readonly number[]): Promise<FactRow[]> {
  const { table, columns } = factTypes[type]
  const client = db.connection()
  return rowsOf<FactRow>(
    client,
    `select ${columns.join(', ')}, removed_at from ${table} where id in ${jsonIds(client)}`,
    [JSON.stringify(ids)]
  )
}
