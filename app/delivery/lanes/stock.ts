import type { DueJob } from '#delivery/queue/job'

/** The jobs of one stage that a lane has in hand, in their order. */
export class Stock {
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
