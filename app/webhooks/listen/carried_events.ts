import { EVENT_TYPES } from '#webhooks/endpoints/event_types'
import { wantsEvent } from '#delivery/planning/event_patterns'
import { OperatorError } from '#foundation/operator_error'

/** On the stream that is for everybody. */
const PUBLIC_EVENTS = ['launch.created', 'launch.graduated', 'trade.executed']

/** On the stream of an account: a stream goes on from fact to fact, and a removal is none. */
const OWN_EVENTS = EVENT_TYPES.filter((type) => !type.endsWith('.removed'))

/**
 * Makes sure that each pattern can be met by something on the stream that is read.
 *
 * @throws OperatorError when one would wait in vain
 */
export function assertCarried(patterns: readonly string[], hasToken: boolean) {
  const carried = hasToken ? OWN_EVENTS : PUBLIC_EVENTS
  for (const pattern of patterns) {
    if (!carried.some((type) => wantsEvent([pattern], type))) {
      const reason = OWN_EVENTS.some((type) => wantsEvent([pattern], type))
        ? 'without a token only launches and trades come'
        : 'removals are not on the stream'
      throw new OperatorError(`No "${pattern}" comes this way: ${reason}`)
    }
  }
}
