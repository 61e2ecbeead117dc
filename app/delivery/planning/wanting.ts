import { factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'
import { wantsEvent } from '#facts/event_types'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'

/**
 * Which endpoints want which type of event, found once for a batch: of a thousand endpoints often
 * only a few want what there is to plan.
 */
export class Wanting {
  readonly #endpoints: readonly PlannedEndpoint[]
  readonly #byType = new Map<string, readonly PlannedEndpoint[]>()

  constructor(endpoints: readonly PlannedEndpoint[]) {
    this.#endpoints = endpoints
  }

  /** Those that want events of this type. */
  of(eventType: string): readonly PlannedEndpoint[] {
    const known = this.#byType.get(eventType)
    if (known) {
      return known
    }
    const wanting = this.#endpoints.filter(({ patterns }) => wantsEvent(patterns, eventType))
    this.#byType.set(eventType, wanting)
    return wanting
  }

  /** The most endpoints that one fact of a kind may be for. */
  most(type: FactType): number {
    return Math.max(...factTypes[type].eventTypes.map(({ eventType }) => this.of(eventType).length))
  }
}
