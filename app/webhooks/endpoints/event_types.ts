import { nearestWord } from '#foundation/text/nearest_word'
import { RefusedEndpoint } from '#webhooks/endpoints/endpoint_errors'
import { wantsEvent } from '#delivery/planning/event_patterns'

const FACT_EVENTS = ['launch.created', 'launch.graduated', 'pool.created', 'trade.executed']

/** Events that nothing can take back. */
const LASTING_EVENTS = ['ocr_wallet_data', 'payment.credited', 'push.alert']

/** Every type of event that an endpoint can ask for. */
export const EVENT_TYPES = [
  ...FACT_EVENTS.flatMap((type) => [type, `${type}.removed`]),
  ...LASTING_EVENTS,
]

const WILDCARDS = ['*', ...new Set(FACT_EVENTS.map((type) => `${type.split('.')[0]}.*`))]

/** Everything that an endpoint can ask for, the widest first. */
export const EVENT_PATTERNS = [...WILDCARDS, ...EVENT_TYPES]

/**
 * The patterns without doubles, once each of them matches a known type.
 *
 * @throws RefusedEndpoint when one matches none, or there are none at all
 */
export function knownPatterns(patterns: readonly string[]): string[] {
  if (patterns.length === 0) {
    throw new RefusedEndpoint('event_types', `Name an event type: ${choices()}`)
  }
  for (const pattern of patterns) {
    if (!EVENT_TYPES.some((type) => wantsEvent([pattern], type))) {
      const meant = nearestWord(pattern, EVENT_PATTERNS)
      const advice = meant ? `Did you mean "${meant}"?` : `There are: ${choices()}`
      throw new RefusedEndpoint('event_types', `"${pattern}" is no event type. ${advice}`)
    }
  }
  return [...new Set(patterns)]
}

function choices(): string {
  return [...WILDCARDS, ...FACT_EVENTS, ...LASTING_EVENTS].join(', ')
}
