import type { Clock } from '#foundation/clock'

/** So many requests within so many milliseconds. */
interface Limit {
  requests: number
  withinMs: number
}

const per = (requests: number, seconds: number): Limit => ({ requests, withinMs: seconds * 1000 })

/** What OKX allows an account (or, of what is public, an address) by its documentation of 2026-07. */
const LIMITS: Record<string, Limit> = {
  '/api/v5/account/balance': per(10, 2),
  '/api/v5/account/bills': per(5, 1),
  '/api/v5/account/bills-archive': per(5, 2),
  '/api/v5/account/config': per(5, 2),
  '/api/v5/account/positions': per(10, 2),
  '/api/v5/public/instruments': per(20, 2),
  '/api/v5/public/time': per(10, 2),
  '/api/v5/system/status': per(1, 5),
  '/api/v5/trade/fills': per(60, 2),
  '/api/v5/trade/fills-history': per(10, 2),
  '/api/v5/trade/order': per(60, 2),
  '/api/v5/trade/order-algo': per(20, 2),
  '/api/v5/trade/orders-algo-history': per(20, 2),
  '/api/v5/trade/orders-algo-pending': per(20, 2),
  '/api/v5/trade/orders-history': per(40, 2),
  '/api/v5/trade/orders-history-archive': per(20, 2),
  '/api/v5/trade/orders-pending': per(60, 2),
}

const UNKNOWN = per(5, 2)

/** Others ask with the same key or from the same address: so much of a limit is ours. */
const OUR_SHARE = 0.8

/** Lets requests through as fast as OKX allows, in the order in which they ask. */
export class RateLimit {
  /** By path: when the last requests went or will go, by `elapsed`. */
  readonly #times = new Map<string, number[]>()

  constructor(private readonly clock: Clock) {}

  /** Resolves when a request to this path may go, or the signal aborts. */
  async turn(path: string, signal?: AbortSignal) {
    const { requests, withinMs } = LIMITS[path] ?? UNKNOWN
    const most = Math.max(1, Math.floor(requests * OUR_SHARE))
    const times = this.#times.get(path) ?? []
    this.#times.set(path, times)

    const now = this.clock.elapsed()
    const earliest = times.length < most ? now : Math.max(now, times.shift()! + withinMs)
    times.push(earliest)
    if (earliest > now) {
      await this.clock.sleep(earliest - now, signal)
    }
  }
}
