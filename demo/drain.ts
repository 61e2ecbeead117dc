import type { Clock } from '#foundation/clock'

const LOOK_EVERY_MS = 200

/** What has not moved for so long, in milliseconds, is not on its way any more. */
const STUCK_AFTER_MS = 20_000

/** Counts events of a market where they begin, where they are kept and where they arrive. */
export interface DrainedTally {
  /** Counts what a market at rest has told of. */
  countOrigin(): void | Promise<void>
  /** Counts what is in the database now. */
  countStored(): void
  readonly isComplete: boolean
  /** Events that were stored and received so far. */
  readonly progress: number
}

/**
 * Waits until everything that markets at rest told of has arrived, or until nothing moves any more:
 * how long it takes altogether is a matter of the machine.
 */
export async function drain(tallies: DrainedTally[], clock: Clock) {
  await Promise.all(tallies.map((tally) => tally.countOrigin()))
  let progress = -1
  let movedAt = clock.elapsed()

  while (clock.elapsed() - movedAt < STUCK_AFTER_MS) {
    tallies.forEach((tally) => tally.countStored())
    if (tallies.every(({ isComplete }) => isComplete)) return

    const now = tallies.reduce((sum, tally) => sum + tally.progress, 0)
    if (now !== progress) movedAt = clock.elapsed()
    progress = now
    await clock.sleep(LOOK_EVERY_MS)
  }
}
