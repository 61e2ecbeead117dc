import type { DueJobs } from '#delivery/queue/waiting_jobs'
import type { ClaimRequest } from '#delivery/queue/claim_statement'
import type { DueJob, JobClass } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'
import type { Lane } from '#delivery/lanes/lane'
import { forEachJobClass, jobClassOf, JOB_CLASSES } from '#delivery/queue/job'

/** Targets and classes served by one claim. */
const REQUESTS_PER_CLAIM = 100

/** Claimed jobs of all lanes together, and at least one for each. */
const MOST_IN_HAND = 5000

/** How long a claimed job may wait in its lane before the attempt begins, in milliseconds. */
const LEASE_MARGIN_MS = 30_000

type DueByTarget = Map<number, DueJobs>

interface LaneRequest extends ClaimRequest {
  lane: Lane
}

/** Claims what is due for the lanes that want it: one claim serves many. */
export class LaneFiller {
  readonly #queue: JobQueue
  /** Lanes whose targets had more due jobs of a class than they took, in the order of priority. */
  readonly #withMore = forEachJobClass(() => new Set<Lane>())

  constructor(queue: JobQueue) {
    this.#queue = queue
  }

  /**
   * @param lanes all that there are, by the ids of their targets
   * @param now epoch milliseconds
   */
  async fill(lanes: ReadonlyMap<number, Lane>, nextDue: DueByTarget, now: number) {
    for (const jobClass of JOB_CLASSES) {
      this.#withMore[jobClass].forEach((lane) => lane.more.delete(jobClass))
      this.#withMore[jobClass] = dueLanes(jobClass, lanes, nextDue, now)
      this.#withMore[jobClass].forEach((lane) => lane.more.add(jobClass))
    }
    await this.refill()
  }

  /** Fills the lanes that had more to do when they were last filled. */
  async refill() {
    const wanted = JOB_CLASSES.flatMap((jobClass) => this.#requests(jobClass))
    const share = Math.max(1, Math.floor(MOST_IN_HAND / wanted.length))
    const requests = wanted.map((one) => ({ ...one, limit: Math.min(one.limit, share) }))

    const free = requests.filter(({ lane }) => lane.target.ordering === 'any')
    for (let start = 0; start < free.length; start += REQUESTS_PER_CLAIM) {
      const some = free.slice(start, start + REQUESTS_PER_CLAIM)
      this.#handOut(some, await this.#queue.claim(some, leaseMs(some)))
    }
    const ordered = requests.filter(({ lane }) => lane.target.ordering === 'fifo')
    for (const some of Map.groupBy(ordered, ({ targetId }) => targetId).values()) {
      this.#handOut(some, await this.#queue.claimInOrder(some, leaseMs(some)))
    }
    await this.#fillTogether(wanted.filter(({ lane }) => lane.target.ordering === 'together'))
  }

  /** One claim for all that waits for a target, up to the most jobs that may be claimed at once. */
  async #fillTogether(requests: readonly LaneRequest[]) {
    let inHand = 0
    for (const some of Map.groupBy(requests, ({ targetId }) => targetId).values()) {
      if (inHand >= MOST_IN_HAND) {
        return
      }
      const [request] = some as [LaneRequest]
      const jobs = await this.#queue.claimTogether(request, leaseMs(some))
      inHand += jobs.length
      some.forEach(({ lane, jobClass }) => this.#noMore(lane, jobClass))
      request.lane.fill('first', jobs)
    }
  }

  /** A lane that has been closed wants nothing. */
  #requests(jobClass: JobClass): LaneRequest[] {
    return [...this.#withMore[jobClass]]
      .map((lane) => ({ lane, targetId: lane.target.id, jobClass, limit: lane.demand(jobClass) }))
      .filter(({ limit }) => limit > 0)
  }

  #handOut(requests: readonly LaneRequest[], jobs: readonly DueJob[]) {
    const byRequest = Map.groupBy(jobs, (job) => `${job.targetId} ${jobClassOf(job)}`)
    for (const { lane, targetId, jobClass, limit } of requests) {
      const claimed = byRequest.get(`${targetId} ${jobClass}`) ?? []
      if (claimed.length < limit) {
        this.#noMore(lane, jobClass)
      }
      lane.fill(jobClass, claimed)
    }
  }

  /** Notes that a target has no more due jobs of a class. */
  #noMore(lane: Lane, jobClass: JobClass) {
    this.#withMore[jobClass].delete(lane)
    lane.more.delete(jobClass)
  }
}

/** The lanes with due jobs of a class: first those with a higher priority, then those that wait longer. */
function dueLanes(
  jobClass: JobClass,
  lanes: ReadonlyMap<number, Lane>,
  nextDue: DueByTarget,
  now: number
): Set<Lane> {
  const firstOf = (id: number) => nextDue.get(id)?.[jobClass]
  const due = [...lanes].filter(([id]) => (firstOf(id)?.at ?? Infinity) <= now)
  due.sort(([one], [other]) => {
    const [first, second] = [firstOf(one)!, firstOf(other)!]
    return second.priority - first.priority || first.at - second.at
  })
  return new Set(due.map(([, lane]) => lane))
}

function leaseMs(requests: readonly LaneRequest[]): number {
  return Math.max(...requests.map(({ lane }) => lane.target.timeoutMs)) + LEASE_MARGIN_MS
}
