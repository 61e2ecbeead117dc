import type { Clock } from '#foundation/clock'
import type { Budget } from '#delivery/lanes/budget'
import type { DueJobs } from '#delivery/queue/waiting_jobs'
import type { Dispatcher } from '#delivery/dispatcher'
import type { Target } from '#delivery/channel'
import type { JobQueue } from '#delivery/queue/job_queue'
import { Lane } from '#delivery/lanes/lane'
import type { LaneLimits } from '#delivery/lanes/lane'
import { LaneFiller } from '#delivery/lanes/lane_filler'
import type { Gatekeeper } from '#delivery/lanes/gatekeeper'

interface Filling {
  /** When the next job is due of those that are not due yet, in epoch milliseconds. */
  nextDueAt: number
  /** Targets that have jobs and no lane. */
  unassigned: number[]
}

interface LanesParts {
  queue: JobQueue
  budget: Budget
  gatekeeper: Gatekeeper
  clock: Clock
  limits: LaneLimits
  dispatcher: Dispatcher
}

/** The lanes of all targets. */
export class Lanes {
  readonly #parts: LanesParts
  readonly #filler: LaneFiller
  readonly #lanes = new Map<number, Lane>()
  /** Lanes that are gone but still have requests under way. */
  readonly #closing = new Set<Lane>()

  constructor(parts: LanesParts) {
    this.#parts = parts
    this.#filler = new LaneFiller(parts.queue)
  }

  /** Whether there is a lane that jobs of a target may go through. */
  has(targetId: number): boolean {
    return this.#lanes.get(targetId)?.isClosed === false
  }

  /** Opens, changes and closes lanes, so that there is one for each target. */
  refresh(targets: readonly Target[]) {
    for (const target of targets) {
      const lane = this.#lanes.get(target.id)
      if (lane && !lane.isClosed) {
        lane.target = target
      } else {
        this.#close(target.id)
        this.#lanes.set(target.id, this.#open(target))
      }
    }
    const kept = new Set(targets.map((target) => target.id))
    for (const id of [...this.#lanes.keys()].filter((known) => !kept.has(known))) {
      this.#close(id)
    }
  }

  /** Closes a lane; what is under way there goes on to its end. */
  #close(targetId: number) {
    const lane = this.#lanes.get(targetId)
    if (!lane) {
      return
    }
    this.#lanes.delete(targetId)
    this.#closing.add(lane)
    void lane.settled().then(() => this.#closing.delete(lane))
    lane.close()
  }

  closeAll() {
    for (const id of [...this.#lanes.keys()]) {
      this.#close(id)
    }
  }

  /** Resolves when nothing is under way in lanes that are closed. */
  async settled() {
    await Promise.all([...this.#closing].map((lane) => lane.settled()))
  }

  /** Claims what is due for the lanes that want more. */
  async fill(): Promise<Filling> {
    const { queue, gatekeeper, clock } = this.#parts
    const nextDue = await queue.nextDue()
    await gatekeeper.check([...nextDue.keys()].flatMap((id) => this.#lanes.get(id)?.target ?? []))
    const now = clock.now()
    await this.#filler.fill(this.#lanes, nextDue, now)
    return {
      nextDueAt: this.#nextDueAt(nextDue, now),
      unassigned: [...nextDue.keys()].filter((id) => !this.has(id)),
    }
  }

  /** Claims more for the lanes that run low and had more to do when they were filled. */
  refill(): Promise<void> {
    return this.#filler.refill()
  }

  /** When a job is due next, or a lane may go on that has due jobs. */
  #nextDueAt(nextDue: Map<number, DueJobs>, now: number): number {
    const times = [...nextDue].flatMap(([id, dueJobs]) => {
      const opensAt = this.#lanes.get(id)?.opensAt ?? 0
      return Object.values(dueJobs).map(({ at }) => Math.max(at, opensAt))
    })
    return Math.min(...times.filter((time) => time > now))
  }

  #open(target: Target): Lane {
    return new Lane(target, this.#parts)
  }
}
