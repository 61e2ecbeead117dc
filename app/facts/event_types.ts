import { derived } from '#facts/registry'

/** The event types that endpoints and readers can ask for, derived from the kinds of facts. */
export interface EventTypes {
  /** Every type of event. */
  all: readonly string[]
  /** All but removals, which have the kind of the fact that they remove. */
  told: readonly string[]
  /** Those of the stream that needs no login. */
  public: readonly string[]
  /** Patterns that mean several types, the widest first. */
  wildcards: readonly string[]
  /** Those that `*` does not mean. */
  byName: ReadonlySet<string>
}

/** Facts of a chain come first: most endpoints ask for them. */
export const eventTypes = derived((kinds): EventTypes => {
  const ordered = [
    ...kinds.filter(({ isOnChain }) => isOnChain),
    ...kinds.filter(({ isOnChain }) => !isOnChain),
  ]
  const of = (some: typeof kinds) =>
    some.flatMap((kind) => kind.eventTypes.map(({ eventType }) => eventType))
  const meantByAll = of(ordered.filter(({ isAskedForByName }) => !isAskedForByName))
  const families = meantByAll.filter((type) => type.includes('.')).map(familyOf)

  return {
    all: ordered.flatMap((kind) =>
      of([kind]).flatMap((type) => (kind.isOnChain ? [type, `${type}.removed`] : [type]))
    ),
    told: of(ordered),
    public: of(ordered.filter(({ stream }) => stream.isPublic)),
    wildcards: ['*', ...new Set(families)],
    byName: new Set(of(kinds.filter(({ isAskedForByName }) => isAskedForByName))),
  }
})

function familyOf(eventType: string): string {
  return `${eventType.split('.')[0]}.*`
}

/** Says whether an endpoint wants an event: by its exact type, by `launch.*`, or by `*`. */
export function wantsEvent(patterns: readonly string[], eventType: string): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*') {
      return !eventTypes().byName.has(eventType)
    }
    const isFamily = pattern.endsWith('.*') && eventType.startsWith(pattern.slice(0, -1))
    return pattern === eventType || isFamily
  })
}
