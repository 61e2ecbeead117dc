import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { JobBuffer } from '#delivery/lanes/buffer'

/** In which order a lane takes jobs from its buffer. */
export interface LaneOrder {
  /** How many jobs of a buffer would go if there were slots for all. */
  ready(buffer: JobBuffer): number
  /** Takes up to `limit` jobs that may be sent now and pass `mayGo`, for one request. */
  take(buffer: JobBuffer, limit: number, mayGo?: (job: DueJob) => boolean): DueJob[]
  /** Notes that an attempt has ended, and takes out what must not go before its jobs do. */
  end(jobs: readonly DueJob[], isOver: boolean, buffers: readonly JobBuffer[]): DueJob[]
}

/** Every job goes as soon as there is a slot. */
class AnyOrder implements LaneOrder {
  ready(buffer: JobBuffer) {
    return buffer.size
  }

  take(buffer: JobBuffer, limit: number, mayGo?: (job: DueJob) => boolean) {
    return mayGo ? buffer.takeWhere(mayGo, limit) : buffer.take(limit)
  }

  end() {
    return []
  }
}

/** Jobs of one token go one after the other; if one has to be tried again, the rest goes back. */
class TokenOrder implements LaneOrder {
  readonly #underWay = new Set<string | null>()

  ready(buffer: JobBuffer) {
    return buffer.size
  }

  take(buffer: JobBuffer, limit: number, mayGo = (_: DueJob) => true) {
    const isFree = (job: DueJob) => !this.#underWay.has(job.tokenAddress) && mayGo(job)
    const jobs = buffer.takeWhere(isFree, limit)
    jobs.forEach((job) => this.#underWay.add(job.tokenAddress))
    return jobs
  }

  end(jobs: readonly DueJob[], isOver: boolean, buffers: readonly JobBuffer[]) {
    const tokens = new Set(jobs.map((job) => job.tokenAddress))
    tokens.forEach((token) => this.#underWay.delete(token))
    return isOver
      ? []
      : buffers.flatMap((buffer) => buffer.takeWhere((job) => tokens.has(job.tokenAddress)))
  }
}

export function orderOf(ordering: Target['ordering'], caps: TypeCaps): LaneOrder {
  return new CappedOrder(ordering === 'fifo' ? new TokenOrder() : new AnyOrder(), caps)
}

/** How many requests with events of a type a target gets at once; types that are not named: any. */
export type TypeCaps = Readonly<Record<string, number>>

/** An order in which jobs of a type wait while a target gets enough of them; others pass them. */
export class CappedOrder implements LaneOrder {
  readonly #order: LaneOrder
  readonly #caps: readonly { type: string; cap: number }[]
  /** Requests with events of each capped type. */
  readonly #underWay = new Map<string, number>()
  /** Lets pass what may go now; undefined while everything may, as nearly always. */
  #mayGo?: (job: DueJob) => boolean

  constructor(order: LaneOrder, caps: TypeCaps) {
    this.#order = order
    this.#caps = Object.entries(caps).map(([type, cap]) => ({ type, cap }))
  }

  ready(buffer: JobBuffer) {
    return this.#mayGo ? buffer.count(this.#mayGo) : this.#order.ready(buffer)
  }

  take(buffer: JobBuffer, limit: number) {
    const jobs = this.#order.take(buffer, limit, this.#mayGo)
    this.#count(jobs, 1)
    return jobs
  }

  end(jobs: readonly DueJob[], isOver: boolean, buffers: readonly JobBuffer[]) {
    this.#count(jobs, -1)
    return this.#order.end(jobs, isOver, buffers)
  }

  #count(jobs: readonly DueJob[], change: 1 | -1) {
    for (const { type } of this.#caps) {
      if (jobs.some(({ eventType }) => eventType === type)) {
        this.#underWay.set(type, this.#carrying(type) + change)
        this.#mayGo = this.#filter()
      }
    }
  }

  #filter() {
    const full = this.#caps.filter(({ type, cap }) => this.#carrying(type) >= cap)
    const types = new Set(full.map(({ type }) => type))
    return types.size > 0 ? (job: DueJob) => !types.has(job.eventType) : undefined
  }

  #carrying(type: string): number {
    return this.#underWay.get(type) ?? 0
  }
}
