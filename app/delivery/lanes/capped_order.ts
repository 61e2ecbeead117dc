import type { LaneOrder } from '#delivery/lanes/lane_order'
import type { Stock } from '#delivery/lanes/stock'
import type { DueJob } from '#delivery/queue/job'

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

  ready(stock: Stock) {
    return this.#mayGo ? stock.count(this.#mayGo) : this.#order.ready(stock)
  }

  take(stock: Stock, limit: number) {
    const jobs = this.#order.take(stock, limit, this.#mayGo)
    this.#count(jobs, 1)
    return jobs
  }

  end(jobs: readonly DueJob[], isOver: boolean, stocks: readonly Stock[]) {
    this.#count(jobs, -1)
    return this.#order.end(jobs, isOver, stocks)
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
