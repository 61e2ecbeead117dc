import type { LaneOrder } from '#delivery/lanes/lane_order'
import type { Stock } from '#delivery/lanes/stock'
import type { DueJob } from '#delivery/queue/job'

/** How many requests with events of a type a target gets at once; types that are not named: any. */
export type TypeCaps = Readonly<Record<string, number>>

/** An order in which jobs of a type wait while a target gets enough of them; others pass them. */
export class CappedOrder implements LaneOrder {
  readonly #order: LaneOrder
  readonly #caps: TypeCaps
  /** Requests that carry events of a capped type. */
  readonly #underWay = new Set<readonly DueJob[]>()

  constructor(order: LaneOrder, caps: TypeCaps) {
    this.#order = order
    this.#caps = caps
  }

  ready(stock: Stock) {
    const mayGo = this.#filter()
    return mayGo ? stock.count(mayGo) : this.#order.ready(stock)
  }

  take(stock: Stock, limit: number) {
    const jobs = this.#order.take(stock, limit, this.#filter())
    if (jobs.some(({ eventType }) => eventType in this.#caps)) {
      this.#underWay.add(jobs)
    }
    return jobs
  }

  end(jobs: readonly DueJob[], isOver: boolean, stocks: readonly Stock[]) {
    this.#underWay.delete(jobs)
    return this.#order.end(jobs, isOver, stocks)
  }

  /** Lets pass what may go now; undefined when everything may. */
  #filter() {
    const full = Object.keys(this.#caps).filter((type) => this.#carrying(type) >= this.#caps[type]!)
    return full.length > 0 ? (job: DueJob) => !full.includes(job.eventType) : undefined
  }

  #carrying(type: string): number {
    const requests = [...this.#underWay]
    return requests.filter((jobs) => jobs.some(({ eventType }) => eventType === type)).length
  }
}
