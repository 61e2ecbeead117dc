import type { Target } from '#delivery/channel'
import { slotsOf } from '#delivery/queue/stage'
import type { Stage } from '#delivery/queue/stage'

/** How much work a lane keeps in hand, in milliseconds at its recent pace. */
export const WORK_IN_HAND_MS = 200
export const MOST_IN_STOCK = 2000

/**
 * How many jobs of a stage a lane has in hand at most. A fast target keeps more, a slow one hardly
 * more than it is sending, a limited one what its rate allows.
 *
 * @param paceMs how long an attempt takes
 */
export function stockSize(target: Target, stage: Stage, paceMs: number): number {
  const { concurrency, batchSize, ratePerSecond } = target
  const turns = Math.max(1, WORK_IN_HAND_MS / Math.max(1, paceMs))
  const allowed = Math.ceil(((ratePerSecond ?? Infinity) * WORK_IN_HAND_MS) / 1000)
  const requests = Math.min(Math.ceil(slotsOf(stage, concurrency) * turns), allowed)
  return Math.min(requests * batchSize, MOST_IN_STOCK)
}
