import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import type { PlannedChannel } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'
import { eventTypeOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { reserveTrialPush, settleTrialPushes } from '#billing/plans/trial_push'
import { earlierInclusions } from '#delivery/planning/event_id'
import type { ExpiryPolicy, Plan } from '#delivery/planning/plan_fact'
import { planFact } from '#delivery/planning/plan_fact'
import { insertJobs, type PlannedJob } from '#delivery/planning/planned_job'
import { planRemovals } from '#delivery/planning/plan_removals'
import { withFilters } from '#delivery/expressions/filter_answers'
import type { FilterAnswers, Judge } from '#delivery/expressions/filter_answers'
import { countSkipped } from '#delivery/outcomes/delivery_stats'
import { readEligibility } from '#delivery/eligibility'
import type { Eligibility } from '#delivery/eligibility'
import { Wanting } from '#delivery/planning/audience'
import { handOver, hasStuck } from '#delivery/planning/hand_over'
import { limitWaiting } from '#delivery/queue/most_waiting'
import { PlanningSize } from '#delivery/planning/refused_facts'
import type { RefusedFact } from '#delivery/planning/refused_facts'
import { hasUnplanned, markPlanned, takeUnplanned } from '#delivery/planning/unplanned_facts'

/** Facts of one kind planned in one transaction, and about the most jobs that they may become. */
const FACTS_AT_ONCE = 500
const JOBS_AT_ONCE = 20_000

/** Who there is to be told at one moment (epoch milliseconds), and of what. */
interface Audience {
  subscribers: readonly Subscriber[]
  wanting: Wanting
  eligibility: Eligibility
  judge: Judge
  now: number
}

/** What a planner tells of. `DeliveryLog` writes it down. */
interface PlannerReport {
  factRefused(fact: RefusedFact): void
  tooOld(jobs: readonly PlannedJob[]): void
}

/**
 * Empties the outbox: each fact becomes one job for every target that wants it and whose owner may
 * be told of it now, and each removed fact one for every target that knows of it, in the transaction
 * that marks it as planned. There is one planner at a time, so jobs are numbered in the order in
 * which facts were stored, and within a batch in the order of the chain: `fifo` keeps to these
 * numbers.
 */
export class Planner {
  readonly #clock: Clock
  readonly #expiry: ExpiryPolicy
  readonly #channels: readonly PlannedChannel[]
  readonly #size: PlanningSize
  readonly #tooOld: PlannerReport['tooOld']

  /**
   * @param expiry for targets without one of their own
   * @param channels all that there are, also those over which other processes send: a fact is
   * planned once
   * @param tell of a fact for which no job can be stored, and of jobs that are too late already
   */
  constructor(
    clock: Clock,
    expiry: ExpiryPolicy,
    channels: readonly PlannedChannel[],
    tell: Partial<PlannerReport> = {}
  ) {
    this.#clock = clock
    this.#expiry = expiry
    this.#channels = channels
    this.#tooOld = (jobs) => tell.tooOld?.(jobs)
    this.#size = new PlanningSize(FACTS_AT_ONCE, (fact) => tell.factRefused?.(fact))
  }

  /** Plans one batch of each kind and answers how many facts that were. */
  async plan(): Promise<number> {
    if (!(await hasUnplanned())) {
      return 0
    }
    const plan = async (most: number) => {
      const batch = new Batch()
      const plans = await withFilters((trx, answers) =>
        this.#planBatch(trx, { most, batch, answers })
      )
      this.#tooOld(plans.flatMap(({ jobs }) => jobs.filter(({ status }) => status === 'expired')))
      return plans.length
    }
    return this.#size.attempt(plan, this.#clock.now())
  }

  /** Lets the next way out tell what waits for one that is full, and answers how many jobs that were. */
  async handOver(): Promise<number> {
    if (!(await hasStuck(this.#clock.now()))) {
      return 0
    }
    return withFilters(async (trx, answers) => {
      await excludeOtherPlanners(trx)
      return handOver(trx, await this.#subscribers(trx), answers.judge, this.#clock.now())
    })
  }

  async #planBatch(
    trx: TransactionClientContract,
    { most: mostFacts, batch, answers }: { most: number; batch: Batch; answers: FilterAnswers }
  ): Promise<Plan[]> {
    await excludeOtherPlanners(trx)
    await settleTrialPushes(trx, this.#channels)
    const subscribers = await this.#subscribers(trx)
    const now = this.#clock.now()
    const wanting = new Wanting(subscribers)
    const audience = {
      subscribers,
      wanting,
      eligibility: await readEligibility(trx, subscribers, now),
      judge: answers.judge,
      now,
    }
    const limitOf = (type: FactType) =>
      Math.min(mostFacts, Math.ceil(JOBS_AT_ONCE / Math.max(1, wanting.most(type))))

    const planned = new Map<FactType, Plan[]>()
    for (const [type, facts] of batch.of(await takeUnplanned(trx, limitOf))) {
      planned.set(type, await this.#planFacts(trx, type, facts, audience))
    }
    answers.insist()
    for (const [type, plans] of planned) {
      await markPlanned(trx, type, plans, { channels: this.#channels, now })
    }
    for (const push of audience.eligibility.trialPushes) {
      await reserveTrialPush(trx, push, now)
    }
    const plans = [...planned.values()].flat()
    const jobs = plans.sort(byPlaceOnChain).flatMap((plan) => plan.jobs)
    await insertJobs(trx, jobs)
    const byChannel = Map.groupBy(jobs, ({ channel }) => channel)
    for (const { name, mostWaiting: most } of this.#channels) {
      const ofChannel = byChannel.get(name) ?? []
      await countSkipped(trx, name, ofChannel.flatMap(skipped))
      if (most !== null) {
        await limitWaiting(trx, { channel: name, most }, targetsOf(ofChannel))
      }
    }
    return plans
  }

  async #subscribers(trx: TransactionClientContract): Promise<Subscriber[]> {
    const subscribers: Subscriber[] = []
    for (const channel of this.#channels) {
      subscribers.push(...(await channel.subscribers(trx)))
    }
    return subscribers
  }

  async #planFacts(
    trx: TransactionClientContract,
    type: FactType,
    facts: readonly FactRow[],
    { subscribers, wanting, eligibility, judge, now }: Audience
  ): Promise<Plan[]> {
    const inclusions = await earlierInclusions(trx, type, facts)
    const standing = facts.filter((fact) => fact.removed_at === null)
    const removed = facts.filter((fact) => fact.removed_at !== null)
    const planning = { subscribers, eligibility, judge, now, expiry: this.#expiry, inclusions }

    return [
      ...(await planRemovals(trx, type, removed, planning)),
      ...standing.map((fact) =>
        planFact(type, fact, { ...planning, subscribers: wanting.of(eventTypeOf(type, fact)) })
      ),
    ]
  }
}

/** The facts of one batch: those that come while filters are evaluated are left for the next one. */
class Batch {
  #last: ReadonlyMap<FactType, number> | null = null

  of(taken: [FactType, FactRow[]][]): [FactType, FactRow[]][] {
    const last = (this.#last ??= new Map(
      taken.map(([type, facts]) => [type, Number(facts.at(-1)?.id ?? 0)])
    ))
    return taken.map(([type, facts]) => [
      type,
      facts.filter(({ id }) => Number(id) <= (last.get(type) ?? 0)),
    ])
  }
}

function targetsOf(jobs: readonly PlannedJob[]): number[] {
  return [...new Set(jobs.map(({ target_id: id }) => Number(id)))]
}

function skipped({ target_id: id, reason, created_at: at }: PlannedJob) {
  return reason === null ? [] : [{ targetId: Number(id), reason, at: Number(at) }]
}

/** What was taken back comes before what took its place; what is on no chain comes first. */
function byPlaceOnChain({ fact: one }: Plan, { fact: other }: Plan): number {
  return (
    Number(other.removed_at !== null) - Number(one.removed_at !== null) ||
    Number(one.block_number ?? 0) - Number(other.block_number ?? 0) ||
    Number(one.log_index ?? 0) - Number(other.log_index ?? 0)
  )
}

/** SQLite has one writer at a time as it is. */
async function excludeOtherPlanners(trx: TransactionClientContract) {
  if (trx.dialect.name === 'postgres') {
    await trx.rawQuery(`select pg_advisory_xact_lock(hashtext('planner'))`)
  }
}
