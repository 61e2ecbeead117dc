import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { wantsEvent } from '#facts/event_types'
import type { Judge } from '#delivery/expressions/filter_answers'
import type { Eligibility } from '#delivery/eligibility'
import type { Subscriber } from '#delivery/subscriber'

/**
 * Which subscribers want which type of event, found once for a batch: of a thousand of them often
 * only a few want what there is to plan.
 */
export class Wanting {
  readonly #subscribers: readonly Subscriber[]
  readonly #byType = new Map<string, readonly Subscriber[]>()

  constructor(subscribers: readonly Subscriber[]) {
    this.#subscribers = subscribers
  }

  /** Those that want events of this type. */
  of(eventType: string): readonly Subscriber[] {
    const known = this.#byType.get(eventType)
    if (known) {
      return known
    }
    const wanting = this.#subscribers.filter(({ wants }) => wantsEvent(wants, eventType))
    this.#byType.set(eventType, wanting)
    return wanting
  }

  /** The most subscribers that one fact of a kind may be for. */
  most(type: FactType): number {
    return Math.max(...factTypes[type].eventTypes.map(({ eventType }) => this.of(eventType).length))
  }
}

/** Those that want an event and may have it. Each gets the facts from its creation on. */
export function audience(
  type: FactType,
  fact: FactRow,
  eventType: string,
  subscribers: readonly Subscriber[],
  { eligibility, judge }: { eligibility: Pick<Eligibility, 'mayReceive'>; judge: Judge }
): Subscriber[] {
  return subscribers.filter(
    (subscriber) =>
      Number(fact.created_at) >= subscriber.since &&
      wantsEvent(subscriber.wants, eventType) &&
      isMeantFor(type, fact, subscriber) &&
      (subscriber.picks?.(type, fact, judge) ?? true) &&
      eligibility.mayReceive(subscriber, type, fact)
  )
}

function isMeantFor(type: FactType, fact: FactRow, subscriber: Subscriber): boolean {
  const { isPersonal, isPrivate, ownerColumn } = factTypes[type]
  if (isPersonal) {
    return subscriber.ownerId === null
  }
  if (isPrivate) {
    return subscriber.ownerId === ownerOf(fact)
  }
  return !ownerColumn || isConcerned(subscriber, fact)
}

/**
 * What concerns one user is for that user and the operator to know. What befell a target goes to
 * the others: it cannot be told over the target itself.
 */
function isConcerned(subscriber: Subscriber, fact: FactRow): boolean {
  const { id, channel, ownerId } = subscriber
  const isOwn = ownerId !== null && ownerId === ownerOf(fact)
  const isAbout = channel === fact.channel && id === Number(fact.endpoint_id)
  return !isAbout && (ownerId === null || isOwn)
}

function ownerOf(fact: FactRow): number | null {
  return fact.owner_id === null ? null : Number(fact.owner_id)
}
