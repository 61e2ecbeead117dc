import { forEachJobClass, slotsOf } from '#delivery/queue/job'
import type { JobClass } from '#delivery/queue/job'

type TakingTurns = Exclude<JobClass, 'replay'>

/** Where new jobs and retries want the same slot they take turns; a replay gets what they leave. */
const NEXT_TURNS: Record<TakingTurns, readonly JobClass[]> = {
  first: ['retry', 'first', 'replay'],
  retry: ['first', 'retry', 'replay'],
}

/** The requests of a lane that are under way, and which stages may begin another. */
export class Slots {
  readonly #underWay = forEachJobClass(() => 0)
  #lastTurn: TakingTurns = 'retry'
  #onSettled: (() => void)[] = []

  /** The stages that may begin a request, in the order in which to ask them. */
  free(concurrency: number): readonly JobClass[] {
    if (this.#count() >= concurrency) {
      return []
    }
    return NEXT_TURNS[this.#lastTurn].filter(
      (jobClass) => this.#underWay[jobClass] < slotsOf(jobClass, concurrency)
    )
  }

  /** Whether no request is under way. */
  get isIdle(): boolean {
    return this.#count() === 0
  }

  /** Takes a slot; `leave` must follow. */
  enter(jobClass: JobClass) {
    if (jobClass !== 'replay') {
      this.#lastTurn = jobClass
    }
    this.#underWay[jobClass]++
  }

  leave(jobClass: JobClass) {
    this.#underWay[jobClass]--
    if (this.isIdle) {
      this.#onSettled.splice(0).forEach((settled) => settled())
    }
  }

  /** Resolves when no request is under way. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isIdle) {
        resolve()
      } else {
        this.#onSettled.push(resolve)
      }
    })
  }

  #count(): number {
    const { first, retry, replay } = this.#underWay
    return first + retry + replay
  }
}
