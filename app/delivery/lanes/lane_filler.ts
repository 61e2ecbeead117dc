import type { DueJobs } from '#delivery/queue/waiting_jobs'
import type { ClaimRequest } from '#delivery/queue/claim_statement'
import type { DueJob, JobClass } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'
import type { Lane } from '#delivery/lanes/lane'
import { forEachJobClass, jobClassOf, JOB_CLASSES } from '#delivery/queue/job'

/** Targets and classes served by one claim. */
const REQUESTS_PER_CLAIM = 100

/** Jobs in hand for all lanes together, and at least one for each. */
const MOST_IN_HAND = 5000

/** How long a claimed job may wait in its lane before the attempt begins, in milliseconds. */
const LEASE_MARGIN_MS = 30_000

type DueByTarget = Map<number, DueJobs>

/** Claims what is due for the lanes that want it: one claim serves many. */
export class LaneFiller {
  readonly #queue: JobQueue
  readonly #lanes: ReadonlyMap<number, Lane>
  readonly #release: (jobs: readonly DueJob[]) => void
  /** Targets that had more due jobs of a class than their lane took. */
  readonly #withMore = forEachJobClass(() => new Set<number>())

  /** @param release takes jobs whose lane was closed while they were claimed */
  constructor(
    queue: JobQueue,
    lanes: ReadonlyMap<number, Lane>,
    release: (jobs: readonly DueJob[]) => void
  ) {
    this.#queue = queue
    this.#lanes = lanes
    this.#release = release
  }

  /** Whether the target had more to do when its lane was last filled. */
  hasMore(targetId: number, jobClass: JobClass): boolean {
    return this.#withMore[jobClass].has(targetId)
  }

  /** @param now epoch milliseconds */
  async fill(nextDue: DueByTarget, now: number) {
    for (const jobClass of JOB_CLASSES) {
      this.#withMore[jobClass] = this.#due(jobClass, nextDue, now)
    }
    await this.refill()
  }

  /** Fills the lanes that had more to do when they were last filled. */
  async refill() {
    const wanted = JOB_CLASSES.flatMap((jobClass) => this.#requests(jobClass))
    const share = Math.max(1, Math.floor(MOST_IN_HAND / wanted.length))
    const requests = wanted.map((one) => ({ ...one, limit: Math.min(one.limit, share) }))

    const free = requests.filter(({ targetId }) => !this.#keepsOrder(targetId))
    for (let start = 0; start < free.length; start += REQUESTS_PER_CLAIM) {
      const some = free.slice(start, start + REQUESTS_PER_CLAIM)
      this.#handOut(some, await this.#queue.claim(some, this.#leaseMs(some)))
    }
    const ordered = requests.filter(({ targetId }) => this.#keepsOrder(targetId))
    for (const some of Map.groupBy(ordered, ({ targetId }) => targetId).values()) {
      this.#handOut(some, await this.#queue.claimInOrder(some, this.#leaseMs(some)))
    }
  }

  /** The targets with due jobs of a class, those first whose jobs have a higher priority. */
  #due(jobClass: JobClass, nextDue: DueByTarget, now: number): Set<number> {
    const firstOf = (id: number) => nextDue.get(id)?.[jobClass]
    const due = [...this.#lanes.keys()].filter((id) => (firstOf(id)?.at ?? Infinity) <= now)
    return new Set(due.sort((one, other) => firstOf(other)!.priority - firstOf(one)!.priority))
  }

  #requests(jobClass: JobClass): ClaimRequest[] {
    return [...this.#withMore[jobClass]]
      .map((targetId) => ({ targetId, jobClass, limit: this.#demand(targetId, jobClass) }))
      .filter(({ limit }) => limit > 0)
  }

  /** A lane that has been closed wants nothing. */
  #demand(targetId: number, jobClass: JobClass): number {
    return this.#lanes.get(targetId)?.demand(jobClass) ?? 0
  }

  #keepsOrder(targetId: number): boolean {
    return this.#lanes.get(targetId)?.target.ordering === 'fifo'
  }

  #leaseMs(requests: readonly ClaimRequest[]): number {
    const timeouts = requests.map(({ targetId }) => this.#lanes.get(targetId)?.target.timeoutMs)
    return Math.max(...timeouts.map((timeoutMs) => timeoutMs ?? 0)) + LEASE_MARGIN_MS
  }

  #handOut(requests: readonly ClaimRequest[], jobs: readonly DueJob[]) {
    const byRequest = Map.groupBy(jobs, (job) => `${job.targetId} ${jobClassOf(job)}`)
    for (const { targetId, jobClass, limit } of requests) {
      const claimed = byRequest.get(`${targetId} ${jobClass}`) ?? []
      if (claimed.length < limit) {
        this.#withMore[jobClass].delete(targetId)
      }
      const lane = this.#lanes.get(targetId)
      if (lane) {
        lane.fill(jobClass, claimed)
      } else {
        this.#release(claimed)
      }
    }
  }
}
