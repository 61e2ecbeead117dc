import type { DueJob } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'

/** Claimed jobs that will not be tried by this process now, on their way back to the queue. */
export class ReturnedJobs {
  readonly #queue: JobQueue
  readonly #onReturn: () => void
  readonly #jobs: DueJob[] = []

  /** @param onReturn is called when there is something to release */
  constructor(queue: JobQueue, onReturn: () => void) {
    this.#queue = queue
    this.#onReturn = onReturn
  }

  add(jobs: readonly DueJob[]) {
    if (jobs.length > 0) {
      this.#jobs.push(...jobs)
      this.#onReturn()
    }
  }

  /** Gives them back. Those that the database did not take are kept for the next time. */
  async release() {
    const jobs = this.#jobs.splice(0)
    try {
      await this.#queue.release(jobs)
    } catch (error) {
      this.#jobs.push(...jobs)
      throw error
    }
  }
}
