import { slotsOf, STAGES } from '#delivery/stage'
import type { Stage } from '#delivery/stage'

/** Where both stages want the same slot, they take turns. */
const NEXT_TURNS: Record<Stage, readonly Stage[]> = {
  new: STAGES.toReversed(),
  tried: STAGES,
}

/** The requests of a lane that are under way, and which stages may begin another. */
export class Slots {
  readonly #underWay: Record<Stage, Set<Promise<void>>> = { new: new Set(), tried: new Set() }
  #lastStage: Stage = 'tried'

  /** The stages that may begin a request, in the order in which to ask them. */
  free(concurrency: number): readonly Stage[] {
    if (this.#underWay.new.size + this.#underWay.tried.size >= concurrency) {
      return []
    }
    return NEXT_TURNS[this.#lastStage].filter(
      (stage) => this.#underWay[stage].size < slotsOf(stage, concurrency)
    )
  }

  /** Holds a slot until the request has ended. */
  async hold(stage: Stage, request: Promise<void>) {
    this.#lastStage = stage
    this.#underWay[stage].add(request)
    await request
    this.#underWay[stage].delete(request)
  }

  /** Resolves when no request is under way. */
  async settled() {
    await Promise.all([...this.#underWay.new, ...this.#underWay.tried])
  }
}
