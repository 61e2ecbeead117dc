import type { PlannedJob } from '#delivery/planning/planned_job'
import type { Subscriber } from '#delivery/subscriber'

interface Planned {
  subscriber: Subscriber
  job: PlannedJob
}

/**
 * Of users who want each fact told once in all, the job of the first way out alone; those of all others
 * stay. A job that is over as it is planned tells nothing, and leaves the next way its turn.
 */
export function onceInAll(planned: readonly Planned[]): PlannedJob[] {
  const first = new Map<number | null, Subscriber>()
  for (const { subscriber, job } of planned) {
    const { ownerId } = subscriber
    if (job.status === 'pending' && isBefore(subscriber, first.get(ownerId))) {
      first.set(ownerId, subscriber)
    }
  }
  return planned
    .filter(({ subscriber, job }) => {
      const chosen = first.get(subscriber.ownerId)
      const isOver = job.status !== 'pending'
      return isOver || subscriber.rank === undefined || subscriber === chosen
    })
    .map(({ job }) => job)
}

/** Of two ways of one rank, the older target. */
export function isBefore(one: Subscriber, other: Subscriber | undefined): boolean {
  if (one.rank === undefined) return false
  if (other?.rank === undefined) return true
  return one.rank < other.rank || (one.rank === other.rank && one.id < other.id)
}
