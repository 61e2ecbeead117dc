import { systemClock } from '#foundation/clock'

const WITHIN_MS = 30_000

/**
 * Resolves when an HTTP server answers there with success.
 *
 * @throws when nothing answers in time
 */
export async function untilAnswers(url: string) {
  const deadline = AbortSignal.timeout(WITHIN_MS)
  for (;;) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) {
      return
    }
    deadline.throwIfAborted()
    await systemClock.sleep(50)
  }
}
