import type { DueJob, JobClass } from '#delivery/queue/job'
import type { Target } from '#delivery/channel'
import { slotsOf } from '#delivery/queue/job'

/** The jobs of one class that a lane has claimed, in their order. */
export class JobBuffer {
  /** The next one last: taking it moves no other, and nothing keeps it in memory. */
  #jobs: DueJob[] = []

  get size(): number {
    return this.#jobs.length
  }

  /** How many jobs pass. */
  count(passes: (job: DueJob) => boolean): number {
    return this.#jobs.filter(passes).length
  }

  add(jobs: readonly DueJob[]) {
    this.#jobs = [...jobs.toReversed(), ...this.#jobs]
  }

  /** Takes the first `limit` jobs. */
  take(limit = Infinity): DueJob[] {
    return this.#jobs.splice(Math.max(0, this.size - limit)).reverse()
  }

  /** Takes the first `limit` jobs that pass. */
  takeWhere(passes: (job: DueJob) => boolean, limit = Infinity): DueJob[] {
    const taken = this.#jobs.filter(passes).reverse().slice(0, limit)
    const isTaken = new Set(taken)
    this.#jobs = this.#jobs.filter((job) => !isTaken.has(job))
    return taken
  }
}

/** How much work a lane keeps claimed, in milliseconds at its recent speed. */
export const WORK_IN_HAND_MS = 200
export const MOST_IN_BUFFER = 2000

/**
 * How many jobs of a class a lane claims at most. A fast target keeps more, a slow one hardly
 * more than it is sending, a limited one what its rate allows.
 *
 * @param attemptMs how long an attempt takes
 */
export function bufferSize(target: Target, jobClass: JobClass, attemptMs: number): number {
  const { concurrency, batchSize, rate } = target
  const turns = Math.max(1, WORK_IN_HAND_MS / Math.max(1, attemptMs))
  const allowed = rate ? Math.ceil((rate.requests / rate.perMs) * WORK_IN_HAND_MS) : Infinity
  const requests = Math.min(Math.ceil(slotsOf(jobClass, concurrency) * turns), allowed)
  return Math.min(requests * batchSize, MOST_IN_BUFFER)
}
