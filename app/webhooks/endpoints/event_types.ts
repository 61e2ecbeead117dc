import { Refusal } from '#foundation/errors'
import { nearestWord } from '#foundation/text/nearest_word'
import { eventTypes, wantsEvent } from '#facts/event_types'

/** Everything that an endpoint can ask for, the widest first. */
export function eventPatterns(): string[] {
  return [...eventTypes().wildcards, ...eventTypes().all]
}

/**
 * The patterns without doubles, once each of them matches a known type.
 *
 * @throws Refusal when one matches none, or there are none at all
 */
export function knownPatterns(patterns: readonly string[]): string[] {
  if (patterns.length === 0) {
    throw Refusal.invalid('event_types', `Name an event type: ${choices()}`)
  }
  for (const pattern of patterns) {
    if (!eventTypes().all.some((type) => wantsEvent([pattern], type))) {
      const meant = nearestWord(pattern, eventPatterns())
      const advice = meant ? `Did you mean "${meant}"?` : `There are: ${choices()}`
      throw Refusal.invalid('event_types', `"${pattern}" is no event type. ${advice}`)
    }
  }
  return [...new Set(patterns)]
}

function choices(): string {
  return [...eventTypes().wildcards, ...eventTypes().told].join(', ')
}
