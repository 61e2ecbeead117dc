import type { Clock } from '#foundation/clock'
import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/job'
import type { JobQueue } from '#delivery/job_queue'
import { Lane } from '#delivery/lane'

/** Lanes served by one claim. */
const LANES_PER_CLAIM = 100

/** Jobs in hand for all lanes together, and at least for each lane. */
const MOST_IN_HAND = 5000

/** How long a claimed job may wait in its lane before the attempt begins, in milliseconds. */
const LEASE_MARGIN_MS = 30_000

interface LanesHost {
  attempt(target: Target, jobs: readonly DueJob[]): Promise<void>
  /** Takes jobs whose lane was closed before they were started. */
  release(jobs: readonly DueJob[]): void
  /** A lane runs low that had more to do when it was last fed. */
  onHungry(): void
}

interface Filling {
  /** When the next job is due of those that are not due yet, in epoch milliseconds. */
  nextDueAt: number
  /** Targets that have jobs and no lane. */
  strangers: number[]
}

/** The lanes of all targets, fed together: one claim serves many. */
export class Lanes {
  readonly #queue: JobQueue
  readonly #clock: Clock
  readonly #host: LanesHost
  readonly #lanes = new Map<number, Lane>()
  /** Lanes that are gone but still have requests under way. */
  readonly #closing = new Set<Lane>()
  /** Targets that had more due jobs than their lane took. */
  #withMore = new Set<number>()

  constructor(queue: JobQueue, clock: Clock, host: LanesHost) {
    this.#queue = queue
    this.#clock = clock
    this.#host = host
  }

  has(targetId: number): boolean {
    return this.#lanes.has(targetId)
  }

  /** Opens, changes and closes lanes, so that there is one for each target. */
  refresh(targets: readonly Target[]) {
    for (const target of targets) {
      const lane = this.#lanes.get(target.id)
      if (lane) {
        lane.target = target
      } else {
        this.#lanes.set(target.id, this.#open(target))
      }
    }
    const kept = new Set(targets.map((target) => target.id))
    for (const id of [...this.#lanes.keys()].filter((known) => !kept.has(known))) {
      this.close(id)
    }
  }

  /** Closes a lane; what is under way there goes on to its end. */
  close(targetId: number) {
    const lane = this.#lanes.get(targetId)
    if (!lane) {
      return
    }
    this.#lanes.delete(targetId)
    this.#closing.add(lane)
    void lane.settled().then(() => this.#closing.delete(lane))
    this.#host.release(lane.close())
  }

  closeAll() {
    for (const id of [...this.#lanes.keys()]) {
      this.close(id)
    }
  }

  /** Resolves when nothing is under way in lanes that are closed. */
  async settled() {
    await Promise.all([...this.#closing].map((lane) => lane.settled()))
  }

  /** Claims what is due for the lanes that want more. */
  async fill(): Promise<Filling> {
    const now = this.#clock.now()
    const agenda = await this.#queue.agenda()
    const due = [...this.#lanes.values()].filter(
      ({ target }) => (agenda.get(target.id) ?? Infinity) <= now
    )
    this.#withMore = new Set(due.map(({ target }) => target.id))

    const hungry = due.filter((lane) => lane.appetite > 0)
    for (let start = 0; start < hungry.length; start += LANES_PER_CLAIM) {
      await this.#feed(hungry.slice(start, start + LANES_PER_CLAIM), hungry.length)
    }
    return {
      nextDueAt: Math.min(...[...agenda.values()].filter((dueAt) => dueAt > now)),
      strangers: [...agenda.keys()].filter((id) => !this.#lanes.has(id)),
    }
  }

  async #feed(lanes: readonly Lane[], hungryLanes: number) {
    const share = Math.max(1, Math.floor(MOST_IN_HAND / hungryLanes))
    const requests = lanes.map((lane) => ({
      targetId: lane.target.id,
      limit: Math.min(lane.appetite, share),
    }))
    const longest = Math.max(...lanes.map(({ target }) => target.timeoutMs))

    const jobs = await this.#queue.claim(requests, longest + LEASE_MARGIN_MS)
    const byTarget = Map.groupBy(jobs, (job) => job.targetId)
    for (const { targetId, limit } of requests) {
      const claimed = byTarget.get(targetId) ?? []
      if (claimed.length < limit) {
        this.#withMore.delete(targetId)
      }
      const lane = this.#lanes.get(targetId)
      if (lane) {
        lane.feed(claimed)
      } else {
        this.#host.release(claimed)
      }
    }
  }

  #open(target: Target): Lane {
    return new Lane(target, {
      attempt: (current, jobs) => this.#host.attempt(current, jobs),
      onHungry: () => {
        if (this.#withMore.has(target.id)) {
          this.#host.onHungry()
        }
      },
    })
  }
}
