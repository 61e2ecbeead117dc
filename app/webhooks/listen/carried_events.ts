import { eventTypes, wantsEvent } from '#facts/event_types'
import { OperatorError } from '#foundation/errors'

/**
 * Makes sure that each pattern can be met by something on the stream that is read.
 *
 * @throws OperatorError when none of the events asked for can ever come
 */
export function assertCarried(patterns: readonly string[], hasToken: boolean) {
  // A stream goes on from fact to fact, and a removal is none.
  const { told, public: open } = eventTypes()
  const carried = hasToken ? told : open
  for (const pattern of patterns) {
    if (!carried.some((type) => wantsEvent([pattern], type))) {
      const reason = told.some((type) => wantsEvent([pattern], type))
        ? 'without a token only launches and trades come'
        : 'removals are not on the stream'
      throw new OperatorError(`No "${pattern}" comes this way: ${reason}`)
    }
  }
}
