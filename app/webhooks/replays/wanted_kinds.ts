import type Replay from '#models/replay'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'
import { wantsEvent } from '#facts/event_types'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'

/** The tables of facts that may hold what is wanted, each with the kinds that do; null for all. */
export type WantedKinds = ReadonlyMap<FactType, readonly string[] | null>

/** What has to be read for a replay: what neither it nor its endpoint asks for need not be. */
export function wantedKinds({ eventTypes }: Replay, { patterns }: PlannedEndpoint): WantedKinds {
  const wanted = new Map<FactType, readonly string[] | null>()
  for (const type of allFactTypes()) {
    const all = factTypes[type].eventTypes
    const meant = all.filter(
      ({ eventType }) =>
        wantsEvent(patterns, eventType) &&
        (eventTypes === null || wantsEvent(eventTypes, eventType))
    )
    if (meant.length > 0) {
      wanted.set(type, meant.length === all.length ? null : meant.flatMap(({ kind }) => kind ?? []))
    }
  }
  return wanted
}
