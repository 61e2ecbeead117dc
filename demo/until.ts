import type { Clock } from '#foundation/clock'

const LOOK_EVERY_MS = 200

/** Resolves when `condition` holds, or when the signal aborts. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  clock: Clock,
  signal: AbortSignal
) {
  while (!signal.aborted && !(await condition())) {
    await clock.sleep(LOOK_EVERY_MS, signal)
  }
}
