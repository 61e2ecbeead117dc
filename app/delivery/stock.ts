import type { DueJob } from '#delivery/job'

/** The jobs of one stage that a lane has in hand, in their order. */
export class Stock {
  #jobs: DueJob[] = []

  get size(): number {
    return this.#jobs.length
  }

  add(jobs: readonly DueJob[]) {
    this.#jobs.push(...jobs)
  }

  /** Takes the first `limit` jobs. */
  take(limit = Infinity): DueJob[] {
    return this.#jobs.splice(0, limit)
  }

  /** Takes the first `limit` jobs that pass. */
  takeWhere(passes: (job: DueJob) => boolean, limit = Infinity): DueJob[] {
    const taken = this.#jobs.filter(passes).slice(0, limit)
    const isTaken = new Set(taken)
    this.#jobs = this.#jobs.filter((job) => !isTaken.has(job))
    return taken
  }
}
