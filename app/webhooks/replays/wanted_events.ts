import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Replay from '#models/replay'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { earlierInclusions } from '#delivery/planning/event_id'
import { wantsEvent } from '#facts/event_types'
import type { Subscriber } from '#delivery/subscriber'
import { NEVER_EXPIRES, planFact } from '#delivery/planning/plan_fact'
import type { PlannedJob } from '#delivery/planning/planned_job'
import { requeuedStates } from '#webhooks/replays/requeue'
import type { ReplayedEvent } from '#webhooks/replays/replay_position'
import type { Judge } from '#delivery/expressions/filter_answers'
import type { BatchLimits } from '#webhooks/replays/replay_position'
import { readEligibility } from '#delivery/eligibility'
import type { Eligibility } from '#delivery/eligibility'

/** What of these facts the endpoint is to get, by kind and id of the fact. */
export async function wantedEvents(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: Subscriber,
  facts: Map<FactType, FactRow[]>,
  { answers, now }: Pick<BatchLimits, 'answers' | 'now'>
): Promise<Map<string, ReplayedEvent>> {
  const eligibility = await readEligibility(trx, [endpoint], now)
  const planned = new Map<FactType, PlannedJob[]>()
  for (const [type, ofType] of facts) {
    const planning = { endpoint, eligibility, judge: answers.judge, now }
    planned.set(type, await plannedJobs(trx, type, ofType, planning))
  }
  answers.insist()
  const wanted = new Map<string, ReplayedEvent>()
  for (const [type, ofType] of planned) {
    const jobs = ofType.filter((job) => job.status === 'pending' && isAskedFor(replay, job))
    const known = await knownJobs(trx, type, endpoint.id, jobs)
    for (const job of jobs) {
      const event = eventOf(job, known.get(Number(job.fact_id)), requeuedStates(replay))
      if (event) {
        wanted.set(`${type} ${job.fact_id}`, event)
      }
    }
  }
  return wanted
}

/** As the planner would, had the endpoint always been there and nothing an expiry. */
async function plannedJobs(
  trx: TransactionClientContract,
  type: FactType,
  facts: readonly FactRow[],
  { endpoint, ...at }: { endpoint: Subscriber; eligibility: Eligibility; judge: Judge; now: number }
): Promise<PlannedJob[]> {
  const subscribers = [{ ...endpoint, since: 0, expiry: null }]
  const inclusions = await earlierInclusions(trx, type, facts)
  const planning = { ...at, subscribers, expiry: NEVER_EXPIRES, inclusions }
  return facts.flatMap((fact) => planFact(type, fact, planning).jobs)
}

function isAskedFor({ eventTypes }: Replay, job: PlannedJob): boolean {
  return eventTypes === null || wantsEvent(eventTypes, String(job.event_type))
}

interface KnownJob {
  id: number | string
  fact_id: number | string
  status: string
}

async function knownJobs(
  trx: TransactionClientContract,
  type: FactType,
  endpointId: number,
  jobs: readonly PlannedJob[]
): Promise<Map<number, KnownJob>> {
  const rows: KnownJob[] = await trx
    .from('notification_jobs')
    .where({ fact_type: type, channel: 'webhook', target_id: endpointId })
    .whereIn(
      'fact_id',
      jobs.map((job) => Number(job.fact_id))
    )
    .select('id', 'fact_id', 'status')
  return new Map(rows.map((row) => [Number(row.fact_id), row]))
}

function eventOf(
  job: PlannedJob,
  known: KnownJob | undefined,
  revived: readonly string[]
): ReplayedEvent | null {
  if (!known) {
    return { fresh: job }
  }
  return revived.includes(known.status) ? { jobId: Number(known.id) } : null
}

/** The tables of facts that may hold what is wanted, each with the kinds that do; null for all. */
export type WantedKinds = ReadonlyMap<FactType, readonly string[] | null>

/** What a replay has to read: only what it and its endpoint ask for. */
export function wantedKinds({ eventTypes }: Replay, { wants }: Subscriber): WantedKinds {
  const wanted = new Map<FactType, readonly string[] | null>()
  for (const type of allFactTypes()) {
    const all = factTypes[type].eventTypes
    const meant = all.filter(
      ({ eventType }) =>
        wantsEvent(wants, eventType) && (eventTypes === null || wantsEvent(eventTypes, eventType))
    )
    if (meant.length > 0) {
      wanted.set(type, meant.length === all.length ? null : meant.flatMap(({ kind }) => kind ?? []))
    }
  }
  return wanted
}
