import type { Clock } from '#foundation/clock'
import type { DueJobs } from '#delivery/queue/waiting_jobs'
import type { Result } from '#delivery/outcomes/attempts'
import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'
import { Lane } from '#delivery/lanes/lane'
import type { LaneLimits } from '#delivery/lanes/lane'
import { LaneFiller } from '#delivery/lanes/lane_filler'

interface LanesHost {
  attempt(target: Target, jobs: readonly DueJob[]): Promise<Result>
  /** Takes jobs that their lane will not start. */
  release(jobs: readonly DueJob[]): void
  /** A lane runs low that had more to do when it was last filled. */
  onLow(): void
}

interface Filling {
  /** When the next job is due of those that are not due yet, in epoch milliseconds. */
  nextDueAt: number
  /** Targets that have jobs and no lane. */
  unassigned: number[]
}

/** The lanes of all targets. */
export class Lanes {
  readonly #queue: JobQueue
  readonly #clock: Clock
  readonly #limits: LaneLimits
  readonly #host: LanesHost
  readonly #lanes = new Map<number, Lane>()
  /** Lanes that are gone but still have requests under way. */
  readonly #closing = new Set<Lane>()
  readonly #filler: LaneFiller

  constructor(queue: JobQueue, clock: Clock, limits: LaneLimits, host: LanesHost) {
    this.#queue = queue
    this.#clock = clock
    this.#limits = limits
    this.#host = host
    this.#filler = new LaneFiller(queue, this.#lanes, (jobs) => host.release(jobs))
  }

  has(targetId: number): boolean {
    return this.#lanes.has(targetId)
  }

  /** Whether the end of one job of a target may let others go that had to wait for it. */
  keepsOrder(targetId: number): boolean {
    return this.#lanes.get(targetId)?.target.ordering === 'fifo'
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
    const nextDue = await this.#queue.nextDue()
    await this.#filler.fill(nextDue, now)
    return {
      nextDueAt: this.#nextDueAt(nextDue, now),
      unassigned: [...nextDue.keys()].filter((id) => !this.#lanes.has(id)),
    }
  }

  /** Claims more for the lanes that run low and had more to do when they were filled. */
  refill(): Promise<void> {
    return this.#filler.refill()
  }

  /** When a job is due next, or a lane may go on that has due jobs. */
  #nextDueAt(nextDue: Map<number, DueJobs>, now: number): number {
    const times = [...nextDue].flatMap(([id, dueJobs]) => {
      const resumesAt = this.#lanes.get(id)?.resumesAt ?? 0
      return Object.values(dueJobs).map(({ at }) => Math.max(at, resumesAt))
    })
    return Math.min(...times.filter((time) => time > now))
  }

  #open(target: Target): Lane {
    return new Lane(target, {
      clock: this.#clock,
      limits: this.#limits,
      attempt: (current, jobs) => this.#host.attempt(current, jobs),
      release: (jobs) => this.#host.release(jobs),
      hasMore: (jobClass) => this.#filler.hasMore(target.id, jobClass),
      onLow: () => this.#host.onLow(),
    })
  }
}
