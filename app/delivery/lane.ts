import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/job'

/** How much work a lane keeps in hand, in milliseconds at its recent pace. */
const WORK_IN_HAND_MS = 200
const MOST_IN_HAND = 1000

interface LaneHost {
  /** Makes one attempt and records what came of it. Never rejects. */
  attempt(target: Target, jobs: readonly DueJob[]): Promise<void>
  /** The lane is running low. */
  onHungry(): void
}

/**
 * The sending loop of one target: as many requests at once as the target allows, whatever goes on
 * in other lanes. A fast target keeps more jobs in hand, a slow one hardly more than it is sending.
 */
export class Lane {
  target: Target
  readonly #host: LaneHost
  #waiting: DueJob[] = []
  #underWay = new Set<Promise<void>>()
  #isClosed = false
  /** Moving average of an attempt, in milliseconds. */
  #pace = WORK_IN_HAND_MS

  constructor(target: Target, host: LaneHost) {
    this.target = target
    this.#host = host
  }

  /** How many more jobs the lane wants now: none while at least half of its stock is left. */
  get appetite(): number {
    const { concurrency, batchSize } = this.target
    const turns = Math.max(1, WORK_IN_HAND_MS / Math.max(1, this.#pace))
    const stock = Math.min(Math.ceil(concurrency * turns) * batchSize, MOST_IN_HAND)
    return this.#isClosed || this.#waiting.length > stock / 2 ? 0 : stock - this.#waiting.length
  }

  feed(jobs: readonly DueJob[]) {
    this.#waiting.push(...jobs)
    this.#startAttempts()
  }

  /** Starts nothing more and hands back what was not started. */
  close(): DueJob[] {
    this.#isClosed = true
    return this.#waiting.splice(0)
  }

  /** Resolves when no request of this lane is under way. */
  async settled() {
    await Promise.all(this.#underWay)
  }

  #startAttempts() {
    while (this.#underWay.size < this.target.concurrency && this.#waiting.length > 0) {
      const attempt = this.#attempt(this.#waiting.splice(0, this.target.batchSize))
      this.#underWay.add(attempt)
      void attempt.finally(() => {
        this.#underWay.delete(attempt)
        this.#startAttempts()
      })
    }
    if (this.appetite > 0) {
      this.#host.onHungry()
    }
  }

  async #attempt(jobs: readonly DueJob[]) {
    const startedAt = performance.now()
    await this.#host.attempt(this.target, jobs)
    this.#pace += (performance.now() - startedAt - this.#pace) / 8
  }
}
