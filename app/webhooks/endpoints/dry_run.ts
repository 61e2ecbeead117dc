import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { Refusal } from '#foundation/errors'
import type { Clock } from '#foundation/clock'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { because } from '#models/reasons'
import type { Cause, Skip } from '#models/reasons'
import { Payloads } from '#webhooks/sending/payloads'
import { checkExpressions } from '#webhooks/endpoints/endpoint_settings'
import { knownPatterns } from '#webhooks/endpoints/event_types'
import { NEVER_EXPIRES, planFact } from '#delivery/planning/plan_fact'
import { FilterAnswers } from '#delivery/expressions/filter_answers'
import type { Subscriber } from '#delivery/subscriber'
import type { PlannedJob } from '#delivery/planning/planned_job'
import { FULLY_ELIGIBLE } from '#delivery/eligibility'
import db from '@adonisjs/lucid/services/db'

/** The largest payloads of a dry run together, in MiB: more than twenty events can have. */
const MOST_MIB = 8

/** More dry runs than these do not wait for their turn. */
const MOST_WAITING = 20

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
  cause: Cause<Skip> | null
  /** What the receiver would get. */
  payload: unknown
}

/**
 * Tries a filter and a template on the newest stored events of the wanted types, exactly as they
 * would be used: in the thread that evaluates expressions. Nothing is stored or sent. A process makes
 * one dry run at a time.
 *
 * @throws Refusal when an event type or an expression cannot be used, the payloads are too large
 * together, or too many dry runs wait
 */
export async function dryRun(wish: DryRun, clock: Clock): Promise<TriedEvent[]> {
  const patterns = knownPatterns(wish.eventTypes)
  checkExpressions(wish)
  if (waiting >= MOST_WAITING) {
    const problem = 'Too many filters and templates are being tried. Try again in a few seconds'
    throw new Refusal('busy', 'too_many_requests', problem)
  }
  waiting++
  const run = last.then(() => tryOn({ ...wish, eventTypes: patterns }, clock))
  last = run.catch(() => {})
  return run.finally(() => waiting--)
}

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

async function tryOn(
  { ownerId, eventTypes, filter, template, limit }: DryRun,
  clock: Clock
): Promise<TriedEvent[]> {
  const once = { id: 0, channel: WEBHOOK, since: 0, expiry: null, picks: null }
  const endpoint = { ...once, ownerId, wants: eventTypes, filter }
  const payloads = new Payloads({ batchSize: 1, template })
  const now = clock.now()
  const events: TriedEvent[] = []
  let bytes = 0
  for (const { fact, job } of await newestPlanned(endpoint, limit, now)) {
    const body = await tried(fact, job, payloads, now)
    bytes += Buffer.byteLength(body.payload ?? '')
    if (bytes > MOST_MIB * 1024 * 1024) {
      const problem = `The payloads are larger than ${MOST_MIB} MiB together: ask for fewer events`
      throw Refusal.invalid('limit', problem)
    }
    events.push({ ...body, payload: body.payload === null ? null : JSON.parse(body.payload) })
  }
  return events
}

interface Planned {
  fact: FactRow
  job: PlannedJob
}

async function newestPlanned(endpoint: Subscriber, limit: number, now: number) {
  const answers = new FilterAnswers()
  const planning = {
    subscribers: [endpoint],
    eligibility: FULLY_ELIGIBLE,
    inclusions: new Map(),
    judge: answers.judge,
    now,
    expiry: NEVER_EXPIRES,
  }
  const isWanted = ({ type, fact }: Newest) =>
    planFact(type, fact, { ...planning, judge: () => null }).jobs.length > 0
  const found = await newestOfAll(limit)
  const newest = found.filter(isWanted).slice(0, limit)

  return answers.during(async () =>
    newest.flatMap(({ type, fact }): Planned[] =>
      planFact(type, fact, planning).jobs.map((job) => ({ fact, job }))
    )
  )
}

interface Newest {
  type: FactType
  fact: FactRow
}

async function newestOfAll(limit: number): Promise<Newest[]> {
  const found: Newest[] = []
  for (const type of allFactTypes()) {
    const facts = await newestFacts(type, limit)
    found.push(...facts.map((fact) => ({ type, fact })))
  }
  return found.sort((a, b) => Number(b.fact.created_at) - Number(a.fact.created_at))
}

function newestFacts(type: FactType, limit: number): Promise<FactRow[]> {
  return db
    .from(factTypes[type].table)
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(factTypes[type].plannedColumns)
}

/** An event with its payload as JSON text. */
type TriedBody = Omit<TriedEvent, 'payload'> & { payload: string | null }

async function tried(
  fact: FactRow,
  planned: PlannedJob,
  payloads: Payloads,
  now: number
): Promise<TriedBody> {
  const event = { event_id: String(planned.event_id), event_type: String(planned.event_type) }
  const job = {
    id: 0,
    targetId: 0,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 0,
    leaseUntil: 0,
    factType: planned.fact_type as FactType,
    factId: Number(planned.fact_id),
    eventType: event.event_type,
    eventId: event.event_id,
    tokenAddress: null,
    fact,
  }
  if (planned.reason === 'filtered') {
    return { ...event, outcome: 'left_out', cause: null, payload: null }
  }
  const { texts, unfit } = await payloads.fill([job], now)
  const cause = skipOf(planned, unfit[0]?.problem ?? null)
  return cause
    ? { ...event, outcome: 'failed', cause, payload: null }
    : { ...event, outcome: 'sent', cause, payload: payloads.body(texts, now) }
}

/** Why the event would be skipped: what the filter made of it comes before what the template does. */
function skipOf({ reason, detail }: PlannedJob, problem: string | null): Cause<Skip> | null {
  if (reason) {
    return { reason, detail: detail as string | null }
  }
  return problem === null ? null : because('template_failed', problem)
}
