import type { Target } from '#delivery/channel'
import { CappedOrder } from '#delivery/lanes/capped_order'
import type { TypeCaps } from '#delivery/lanes/capped_order'
import type { DueJob } from '#delivery/queue/job'
import type { Stock } from '#delivery/lanes/stock'

/** In which order a lane takes jobs from its stock. */
export interface LaneOrder {
  /** How many jobs of a stock would go if there were slots for all. */
  ready(stock: Stock): number
  /** Takes up to `limit` jobs that may go now and pass `mayGo`, to travel together. */
  take(stock: Stock, limit: number, mayGo?: (job: DueJob) => boolean): DueJob[]
  /** Notes that an attempt has ended, and takes out what must not go before its jobs do. */
  end(jobs: readonly DueJob[], isOver: boolean, stocks: readonly Stock[]): DueJob[]
}

/** Every job goes as soon as there is a slot. */
class AnyOrder implements LaneOrder {
  ready(stock: Stock) {
    return stock.size
  }

  take(stock: Stock, limit: number, mayGo?: (job: DueJob) => boolean) {
    return mayGo ? stock.takeWhere(mayGo, limit) : stock.take(limit)
  }

  end() {
    return []
  }
}

/** Jobs of one token go one after the other; if one has to be tried again, the rest goes back. */
class TokenOrder implements LaneOrder {
  readonly #underWay = new Set<string | null>()

  ready(stock: Stock) {
    return stock.size
  }

  take(stock: Stock, limit: number, mayGo = (_: DueJob) => true) {
    const isFree = (job: DueJob) => !this.#underWay.has(job.tokenAddress) && mayGo(job)
    const jobs = stock.takeWhere(isFree, limit)
    jobs.forEach((job) => this.#underWay.add(job.tokenAddress))
    return jobs
  }

  end(jobs: readonly DueJob[], isOver: boolean, stocks: readonly Stock[]) {
    const tokens = new Set(jobs.map((job) => job.tokenAddress))
    tokens.forEach((token) => this.#underWay.delete(token))
    return isOver
      ? []
      : stocks.flatMap((stock) => stock.takeWhere((job) => tokens.has(job.tokenAddress)))
  }
}

export function orderOf(ordering: Target['ordering'], caps: TypeCaps): LaneOrder {
  return new CappedOrder(ordering === 'fifo' ? new TokenOrder() : new AnyOrder(), caps)
}
