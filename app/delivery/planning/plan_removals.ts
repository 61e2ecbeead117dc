import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { eventTypeOf, removalOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { because, NO_CAUSE } from '#models/reasons'
import { eventId } from '#delivery/planning/event_id'
import type { Plan } from '#delivery/planning/plan_fact'
import type { PlannedJob } from '#delivery/planning/planned_job'
import type { Eligibility } from '#delivery/eligibility'
import { targetKey } from '#delivery/subscriber'
import type { Subscriber } from '#delivery/subscriber'

interface ToldJob {
  channel: string
  target_id: number | string
  user_id: number | string | null
  fact_id: number | string
}

interface Planning {
  subscribers: readonly Subscriber[]
  eligibility: Pick<Eligibility, 'isPro'>
  /** How often facts were on the chain before, by fact id. */
  inclusions: Map<number, number>
  /** Epoch milliseconds. */
  now: number
}

/**
 * Plans the removal of facts: a target that was told of one, or may have been, is told that it
 * is no more, unless its owner's plan has ended; to the others it never happened. A removal does not expire.
 */
export async function planRemovals(
  trx: TransactionClientContract,
  type: FactType,
  facts: readonly FactRow[],
  { subscribers, eligibility, inclusions, now }: Planning
): Promise<Plan[]> {
  if (facts.length === 0) {
    return []
  }
  const ids = facts.map((fact) => Number(fact.id))
  await setAside(trx, type, ids)
  const lapsed = new Set(subscribers.filter((one) => !eligibility.isPro(one)).map(targetKey))
  const knowing = await toldJobs(trx, type, ids)
  const heard = knowing.filter(
    (job) => !lapsed.has(targetKey({ channel: job.channel, id: Number(job.target_id) }))
  )
  const told = Map.groupBy(heard, (job) => Number(job.fact_id))

  return facts.map((fact) => {
    const id = Number(fact.id)
    const event = removalEvent(type, fact, inclusions.get(id))
    const jobs = (told.get(id) ?? []).map((job): PlannedJob => ({
      ...event,
      channel: job.channel,
      target_id: Number(job.target_id),
      user_id: job.user_id === null ? null : Number(job.user_id),
      status: 'pending',
      next_attempt_at: now,
      expires_at: null,
      ...NO_CAUSE,
      created_at: now,
    }))
    return { fact, jobs }
  })
}

/** What was not sent yet, or not with success, is not sent any more. */
async function setAside(trx: TransactionClientContract, type: FactType, factIds: number[]) {
  await trx
    .from('notification_jobs')
    .where('fact_type', type)
    .whereIn('fact_id', factIds)
    .whereIn('status', ['pending', 'held'])
    .update({ status: 'skipped', ...because('event_removed') })
}

/** Jobs that were tried, or that a sender has claimed at this moment. */
function toldJobs(
  trx: TransactionClientContract,
  type: FactType,
  factIds: number[]
): Promise<ToldJob[]> {
  return trx
    .from('notification_jobs')
    .where('fact_type', type)
    .whereIn('fact_id', factIds)
    .where((query) => query.where('attempts', '>', 0).orWhere('status', 'sending'))
    .select('channel', 'target_id', 'user_id', 'fact_id') as unknown as Promise<ToldJob[]>
}

function removalEvent(type: FactType, fact: FactRow, inclusions?: number) {
  const removal = removalOf(type)
  const eventType = eventTypeOf(removal, fact)

  return {
    fact_type: removal,
    fact_id: Number(fact.id),
    event_type: eventType,
    event_id: eventId(removal, fact, inclusions),
    token_address: (fact.token_address ?? null) as string | null,
    priority: 0,
  }
}
