import { eventTypeOf, happenedAt } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { audience } from '#delivery/planning/audience'
import { eventId } from '#delivery/planning/event_id'
import { onceInAll } from '#delivery/planning/once_in_all'
import type { PlannedJob } from '#delivery/planning/planned_job'
import { filteredEvent } from '#delivery/expressions/checked'
import type { FilteredEvent } from '#delivery/expressions/filter'
import type { Judge } from '#delivery/expressions/filter_answers'
import type { FactOutcome } from '#delivery/outcomes/fact_outcome'
import type { Eligibility } from '#delivery/eligibility'
import type { Subscriber } from '#delivery/subscriber'

export interface Plan {
  fact: FactRow
  jobs: PlannedJob[]
}

interface Planning {
  subscribers: readonly Subscriber[]
  /** What the owners of the subscribers may be told of. */
  eligibility: Pick<Eligibility, 'mayReceive' | 'noteSent' | 'priorityOf'>
  /** What filters say. A job that waits for an answer is left out, to be planned with it. */
  judge: Judge
  /** Epoch milliseconds. */
  now: number
  /** For subscribers without an expiry of their own. */
  expiry: ExpiryPolicy
  /** How often facts were on the chain before, by fact id. */
  inclusions: Map<number, number>
}

/** What one fact means for the subscribers; the push of a trial that it uses up is noted. */
export function planFact(
  type: FactType,
  fact: FactRow,
  { subscribers, eligibility, judge, now, expiry, inclusions }: Planning
): Plan {
  const eventType = eventTypeOf(type, fact)
  const id = eventId(type, fact, inclusions.get(Number(fact.id)))

  let made: FilteredEvent | undefined
  const event = () => (made ??= filteredEvent(type, fact, eventType, id))

  const planned = audience(type, fact, eventType, subscribers, { eligibility, judge }).flatMap(
    (subscriber): { subscriber: Subscriber; job: PlannedJob }[] => {
      const { filter } = subscriber
      const cause = filter === null ? null : judge(filter, { type, fact, event })
      if (cause === undefined) {
        return []
      }
      const expiryMs = subscriber.expiry ?? expiryOf(expiry, eventType)
      const expiresAt = expiryMs === null ? null : happenedAt(type, fact) + expiryMs
      const isLate = expiresAt !== null && expiresAt <= now
      const status = cause ? 'skipped' : isLate ? 'expired' : 'pending'
      if (status === 'pending') {
        eligibility.noteSent(subscriber, type, fact)
      }

      const job: PlannedJob = {
        channel: subscriber.channel,
        target_id: subscriber.id,
        user_id: subscriber.ownerId,
        fact_type: type,
        fact_id: Number(fact.id),
        event_type: eventType,
        event_id: id,
        token_address: (fact.token_address ?? null) as string | null,
        priority: eligibility.priorityOf(subscriber),
        status,
        next_attempt_at: now,
        expires_at: expiresAt,
        reason: cause?.reason ?? null,
        detail: cause?.detail ?? null,
        created_at: now,
      }
      return [{ subscriber, job }]
    }
  )
  return { fact, jobs: onceInAll(planned) }
}

/** What has become of a fact over a channel when it is planned; null: something of it is to be sent. */
export function plannedOutcome({ jobs }: Plan, channel: string): FactOutcome | null {
  const wanted = jobs.filter((job) => job.channel === channel && job.reason !== 'filtered')
  if (wanted.length === 0) {
    return 'unwanted'
  }
  if (wanted.some(({ status }) => status === 'pending')) {
    return null
  }
  return wanted.every(({ status }) => status === 'expired') ? 'expired' : 'failed'
}

/** How old an event may be when it is sent. Times are milliseconds; null means any age. */
export interface ExpiryPolicy {
  /** What the operator has set for every type of event. */
  all: number | null
  /** For types that are worth nothing later, where the operator has set nothing. */
  byType: Readonly<Record<string, number>>
}

/** For what is to arrive whatever its age. */
export const NEVER_EXPIRES: ExpiryPolicy = { all: null, byType: {} }

export function expiryOf({ all, byType }: ExpiryPolicy, eventType: string): number | null {
  return all ?? byType[eventType] ?? null
}
