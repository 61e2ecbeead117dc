import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { Stock } from '#delivery/lanes/stock'

/** In which order a lane takes jobs from its stock. */
export interface LaneOrder {
  /** Takes up to `limit` jobs that may go now, to travel together. */
  take(stock: Stock, limit: number): DueJob[]
  /** Notes that an attempt has ended, and takes out what must not go before its jobs do. */
  end(jobs: readonly DueJob[], isOver: boolean, stocks: readonly Stock[]): DueJob[]
}

/** Every job goes as soon as there is a slot. */
class AnyOrder implements LaneOrder {
  take(stock: Stock, limit: number) {
    return stock.take(limit)
  }

  end() {
    return []
  }
}

/** Jobs of one token go one after the other; if one has to be tried again, the rest goes back. */
class TokenOrder implements LaneOrder {
  readonly #underWay = new Set<string | null>()

  take(stock: Stock, limit: number) {
    const jobs = stock.takeWhere((job) => !this.#underWay.has(job.tokenAddress), limit)
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

export function orderOf(ordering: Target['ordering']): LaneOrder {
  return ordering === 'fifo' ? new TokenOrder() : new AnyOrder()
}
