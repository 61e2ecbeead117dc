import { forEachStage, slotsOf } from '#delivery/queue/stage'
import type { Stage } from '#delivery/queue/stage'

type TakingTurns = Exclude<Stage, 'replayed'>

/** Where new jobs and retries want the same slot they take turns; a replay gets what they leave. */
const NEXT_TURNS: Record<TakingTurns, readonly Stage[]> = {
  new: ['tried', 'new', 'replayed'],
  tried: ['new', 'tried', 'replayed'],
}

/** The requests of a lane that are under way, and which stages may begin another. */
export class Slots {
  readonly #underWay = forEachStage(() => new Set<Promise<void>>())
  #lastTurn: TakingTurns = 'tried'

  /** The stages that may begin a request, in the order in which to ask them. */
  free(concurrency: number): readonly Stage[] {
    if (this.#count() >= concurrency) {
      return []
    }
    return NEXT_TURNS[this.#lastTurn].filter(
      (stage) => this.#underWay[stage].size < slotsOf(stage, concurrency)
    )
  }

  /** Holds a slot until the request has ended. */
  async hold(stage: Stage, request: Promise<void>) {
    if (stage !== 'replayed') {
      this.#lastTurn = stage
    }
    this.#underWay[stage].add(request)
    await request
    this.#underWay[stage].delete(request)
  }

  /** Resolves when no request is under way. */
  async settled() {
    await Promise.all(Object.values(this.#underWay).flatMap((requests) => [...requests]))
  }

  #count(): number {
    const { new: fresh, tried, replayed } = this.#underWay
    return fresh.size + tried.size + replayed.size
  }
}
