import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/write_transaction'
import { factTypes } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import { earlierLives } from '#delivery/earlier_lives'
import { EVENTS_AT_ONCE, replayedEndpoint, reviveJobs } from '#delivery/endpoints/replay'
import type { ReplayRequest, ReplayResult } from '#delivery/endpoints/replay'
import { NEVER_EXPIRES } from '#delivery/expiry_policy'
import { insertJobs, planFact } from '#delivery/planned_job'

/** What is put back; a job that is pending or under way arrives anyhow. */
const ENDED = ['failed', 'skipped', 'expired']

interface Batch {
  added: number
  revived: number
  /** The last fact that was looked at, or null when there is none left. */
  lastId: number | null
}

/**
 * Sends an endpoint everything that it wants and that was stored since a time, also what was there
 * before the endpoint. What it has accepted goes once more only with `again`; without, doing it
 * twice changes nothing.
 *
 * @throws UnknownEndpoint, or RefusedEndpoint when it is disabled
 */
export async function replayHistory(
  request: ReplayRequest & { again: boolean },
  clock: Clock
): Promise<ReplayResult> {
  const endpoint = await replayedEndpoint(request.endpointId)
  const result = { endpoint, added: 0, revived: 0 }

  for (const type of Object.keys(factTypes) as FactType[]) {
    let after: number | null = 0
    while (after !== null && result.added + result.revived < request.limit) {
      const left = request.limit - result.added - result.revived
      const history = new History(endpoint, request, type, clock.now())
      const { added, revived, lastId }: Batch = await writeTransaction((trx) =>
        history.replay(trx, after!, left)
      )
      result.added += added
      result.revived += revived
      after = lastId
    }
  }
  return result
}

/** The facts of one type, as one endpoint gets them again. */
class History {
  readonly #states: readonly string[]

  constructor(
    private readonly endpoint: WebhookEndpoint,
    private readonly request: ReplayRequest & { again: boolean },
    private readonly type: FactType,
    private readonly now: number
  ) {
    this.#states = request.again ? [...ENDED, 'sent'] : ENDED
  }

  async replay(trx: TransactionClientContract, after: number, limit: number): Promise<Batch> {
    const facts = await this.#facts(trx, after)
    const planned = await this.#plan(trx, facts)
    const known = await this.#jobs(
      trx,
      planned.map((job) => Number(job.fact_id))
    )

    const chosen = planned
      .filter((job) => {
        const status = known.get(Number(job.fact_id))?.status
        return status === undefined || this.#states.includes(status)
      })
      .slice(0, limit)
    const fresh = chosen.filter((job) => !known.has(Number(job.fact_id)))
    const ended = chosen.flatMap((job) => known.get(Number(job.fact_id))?.id ?? [])
    if (!this.request.isDryRun) {
      await insertJobs(trx, fresh)
      await reviveJobs(trx, ended, this.#states, this.now)
    }
    const lastId = facts.length > 0 ? Number(facts.at(-1)!.id) : null
    return { added: fresh.length, revived: ended.length, lastId }
  }

  async #facts(trx: TransactionClientContract, after: number): Promise<FactRow[]> {
    const { table, columns } = factTypes[this.type]
    return trx
      .from(table)
      .where('id', '>', after)
      .where('created_at', '>=', this.request.since)
      .whereNull('removed_at')
      .orderBy('id')
      .limit(EVENTS_AT_ONCE)
      .select(...columns, 'created_at')
  }

  /** As the planner would, had the endpoint always been there and nothing an expiry. */
  async #plan(trx: TransactionClientContract, facts: readonly FactRow[]) {
    const lives = await earlierLives(trx, this.type, facts)
    const { id, eventTypes: patterns } = this.endpoint
    const endpoints = [{ id, patterns, createdAt: 0, expiryMs: null }]
    const planning = { endpoints, now: this.now, expiry: NEVER_EXPIRES, lives }
    return facts.flatMap((fact) => planFact(this.type, fact, planning).jobs)
  }

  async #jobs(trx: TransactionClientContract, factIds: number[]) {
    const rows: { id: number | string; fact_id: number | string; status: string }[] = await trx
      .from('notification_jobs')
      .where({ fact_type: this.type, channel: 'webhook', target_id: this.endpoint.id })
      .whereIn('fact_id', factIds)
      .select('id', 'fact_id', 'status')
    return new Map(
      rows.map((row) => [Number(row.fact_id), { id: Number(row.id), status: row.status }])
    )
  }
}
