import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { factTypes, plannedColumns } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import { Payloads } from '#delivery/channels/webhook/payloads'
import { checkExpressions } from '#delivery/endpoints/check_expressions'
import { knownPatterns } from '#delivery/endpoints/event_types'
import { NEVER_EXPIRES } from '#delivery/planning/expiry_policy'
import { LEFT_OUT, storedFilter } from '#delivery/expressions/filter'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import { planFact } from '#delivery/planning/planned_job'
import type { PlannedJob } from '#delivery/planning/planned_job'
import { EVERY_RIGHT } from '#delivery/rights/rights'

/** An endpoint that need not exist. */
export interface DryRun {
  /** The user whose endpoint it would be; null for the operator. */
  ownerId: number | null
  eventTypes: readonly string[]
  filter: string | null
  template: string | null
  /** How many events to try, the newest first. */
  limit: number
}

/** What would become of one event. */
export interface TriedEvent {
  event_id: string
  event_type: string
  outcome: 'sent' | 'left_out' | 'failed'
  /** Why it failed. */
  reason: string | null
  /** What the receiver would get. */
  payload: unknown
}

/**
 * Tries a filter and a template on the newest stored events of the wanted types, exactly as they
 * would be used. Nothing is stored or sent.
 *
 * @throws RefusedEndpoint when an event type or an expression cannot be used
 */
export async function dryRun(wish: DryRun, clock: Clock): Promise<TriedEvent[]> {
  const { ownerId, eventTypes, filter, template, limit } = wish
  const patterns = knownPatterns(eventTypes)
  checkExpressions({ filter, template })

  const once = { id: 0, createdAt: 0, expiryMs: null }
  const endpoint = { ...once, ownerId, patterns, filter: storedFilter(filter) }
  const payloads = new Payloads({ batchSize: 1, template })
  const now = clock.now()
  const planned = await newestPlanned(endpoint, limit, now)
  return planned.map(({ fact, job }) => tried(fact, job, payloads, now))
}

interface Planned {
  fact: FactRow
  job: PlannedJob
}

async function newestPlanned(endpoint: PlannedEndpoint, limit: number, now: number) {
  const planning = {
    ...{ endpoints: [endpoint], rights: EVERY_RIGHT, lives: new Map() },
    ...{ now, expiry: NEVER_EXPIRES },
  }
  const planned: Planned[] = []
  for (const type of Object.keys(factTypes) as FactType[]) {
    for (const fact of await newestFacts(type, limit)) {
      planned.push(...planFact(type, fact, planning).jobs.map((job) => ({ fact, job })))
    }
  }
  return planned
    .sort((a, b) => Number(b.fact.created_at) - Number(a.fact.created_at))
    .slice(0, limit)
}

function newestFacts(type: FactType, limit: number): Promise<FactRow[]> {
  return db
    .from(factTypes[type].table)
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(plannedColumns(type))
}

function tried(fact: FactRow, planned: PlannedJob, payloads: Payloads, now: number): TriedEvent {
  const event = { event_id: String(planned.event_id), event_type: String(planned.event_type) }
  const job = {
    ...{ id: 0, targetId: 0, priority: 0, attempts: 0, expiresAt: null, fence: 0, leaseUntil: 0 },
    factType: planned.fact_type as FactType,
    factId: Number(planned.fact_id),
    eventType: event.event_type,
    eventId: event.event_id,
    tokenAddress: null,
    fact,
  }
  if (planned.last_error === LEFT_OUT) {
    return { ...event, outcome: 'left_out', reason: null, payload: null }
  }
  const reason = (planned.last_error as string | null) ?? payloads.unfit(job, now)
  return reason
    ? { ...event, outcome: 'failed', reason, payload: null }
    : { ...event, outcome: 'sent', reason, payload: JSON.parse(payloads.body([job], now)) }
}
