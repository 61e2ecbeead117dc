import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import type { Judge } from '#delivery/expressions/filter_answers'

/** What the planner needs to know of a target. Times are epoch milliseconds. */
export interface Subscriber {
  /** Of the target. Two channels may have targets of the same id. */
  id: number
  channel: string
  /** The user whose target it is; null for the operator. */
  ownerId: number | null
  /**
   * Of an owner who wants each fact told once in all: the lower, the sooner it is told here. Not set: it
   * is told here whatever others are told.
   */
  rank?: number
  /** Patterns of the types of events that it wants. */
  wants: readonly string[]
  /** It gets what is stored from then on. */
  since: number
  /** How old an event may be when it is sent, in milliseconds; null: as the operator has set it. */
  expiry: number | null
  /** Null: it wants every event of its types. */
  filter: string | null
  /**
   * Which facts of its types are a job for it; null: all that it may have. What it leaves out leaves
   * no trace, where `filter` leaves a job that is skipped. A target with this has the switches of its
   * owner's plan in it: only the plan itself is asked besides.
   */
  picks: ((type: FactType, fact: FactRow, judge: Judge) => boolean) | null
}

/** Names a target among those of all channels. */
export function targetKey({ channel, id }: { channel: string; id: number }): string {
  return `${channel} ${id}`
}
