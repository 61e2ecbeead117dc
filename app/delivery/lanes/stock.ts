import type { DueJob } from '#delivery/queue/job'

/** The jobs of one stage that a lane has in hand, in their order. */
export class Stock {
  #jobs: DueJob[] = []
  /** How many of the first were taken: moving a thousand others up for each would take longer than sending it. */
  #taken = 0

  get size(): number {
    return this.#jobs.length - this.#taken
  }

  /** How many jobs pass. */
  count(passes: (job: DueJob) => boolean): number {
    return this.#left().filter(passes).length
  }

  add(jobs: readonly DueJob[]) {
    this.#jobs = [...this.#left(), ...jobs]
    this.#taken = 0
  }

  /** Takes the first `limit` jobs. */
  take(limit = Infinity): DueJob[] {
    const jobs = this.#jobs.slice(this.#taken, this.#taken + limit)
    this.#taken += jobs.length
    return jobs
  }

  /** Takes the first `limit` jobs that pass. */
  takeWhere(passes: (job: DueJob) => boolean, limit = Infinity): DueJob[] {
    const left = this.#left()
    const taken = left.filter(passes).slice(0, limit)
    const isTaken = new Set(taken)
    this.#jobs = left.filter((job) => !isTaken.has(job))
    this.#taken = 0
    return taken
  }

  #left(): DueJob[] {
    return this.#jobs.slice(this.#taken)
  }
}
