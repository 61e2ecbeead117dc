import { forEachStage, slotsOf } from '#delivery/queue/job'
import type { Stage } from '#delivery/queue/job'

type TakingTurns = Exclude<Stage, 'replayed'>

/** Where new jobs and retries want the same slot they take turns; a replay gets what they leave. */
const NEXT_TURNS: Record<TakingTurns, readonly Stage[]> = {
  new: ['tried', 'new', 'replayed'],
  tried: ['new', 'tried', 'replayed'],
}

/** The requests of a lane that are under way, and which stages may begin another. */
export class Slots {
  readonly #underWay = forEachStage(() => 0)
  #lastTurn: TakingTurns = 'tried'
  #onSettled: (() => void)[] = []

  /** The stages that may begin a request, in the order in which to ask them. */
  free(concurrency: number): readonly Stage[] {
    if (this.#count() >= concurrency) {
      return []
    }
    return NEXT_TURNS[this.#lastTurn].filter(
      (stage) => this.#underWay[stage] < slotsOf(stage, concurrency)
    )
  }

  /** Takes a slot; `leave` must follow. */
  enter(stage: Stage) {
    if (stage !== 'replayed') {
      this.#lastTurn = stage
    }
    this.#underWay[stage]++
  }

  leave(stage: Stage) {
    this.#underWay[stage]--
    if (this.#count() === 0) {
      this.#onSettled.splice(0).forEach((settled) => settled())
    }
  }

  /** Resolves when no request is under way. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count() === 0) {
        resolve()
      } else {
        this.#onSettled.push(resolve)
      }
    })
  }

  #count(): number {
    const { new: fresh, tried, replayed } = this.#underWay
    return fresh + tried + replayed
  }
}
