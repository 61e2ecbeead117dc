import type { Clock } from '#foundation/clock'
import { inRound } from '#foundation/rounds'

interface Repeating {
  clock: Clock
  signal: AbortSignal
  /** The wait before the first time, in milliseconds. Not set: at once. */
  firstAfterMs?: number
  /** Takes what the work has thrown, or throws it on. Not set: it ends the repeating. */
  onError?: (error: Error) => void
  /** The work lasts as long as it goes well, such as a subscription: that it does not end says nothing. */
  isLasting?: boolean
}

/**
 * Does some work again and again, `everyMs` milliseconds after its end, until the signal aborts. Work
 * that answers a number waits that many milliseconds instead.
 *
 * @throws what the work throws, unless `onError` takes it
 */
export async function every(
  everyMs: number,
  work: () => Promise<number | void>,
  { clock, signal, firstAfterMs = 0, onError = rethrow, isLasting = false }: Repeating
) {
  if (firstAfterMs > 0) {
    await clock.sleep(firstAfterMs, signal)
  }
  while (!signal.aborted) {
    const waitMs = await (isLasting ? work() : inRound(work)).catch(onError)
    await clock.sleep(typeof waitMs === 'number' ? waitMs : everyMs, signal)
  }
}

function rethrow(error: Error) {
  throw error
}
