import { Allowance } from '#demo/okx/allowance'
import { RestRefusal } from '#demo/okx/rest/answer'

/** Requests of one account to one endpoint, in so many milliseconds. */
const RATES: Record<string, readonly [requests: number, withinMs: number]> = {
  'GET /api/v5/account/balance': [10, 2000],
  'GET /api/v5/account/bills': [5, 1000],
  'GET /api/v5/account/bills-archive': [5, 2000],
  'GET /api/v5/account/config': [5, 2000],
  'GET /api/v5/account/positions': [10, 2000],
  'GET /api/v5/public/instruments': [20, 2000],
  'GET /api/v5/public/time': [10, 2000],
  'GET /api/v5/system/status': [1, 5000],
  'GET /api/v5/trade/fills': [60, 2000],
  'GET /api/v5/trade/fills-history': [10, 2000],
  'GET /api/v5/trade/order': [60, 2000],
  'GET /api/v5/trade/order-algo': [20, 2000],
  'GET /api/v5/trade/orders-algo-history': [20, 2000],
  'GET /api/v5/trade/orders-algo-pending': [20, 2000],
  'GET /api/v5/trade/orders-history': [40, 2000],
  'GET /api/v5/trade/orders-history-archive': [20, 2000],
  'GET /api/v5/trade/orders-pending': [60, 2000],
  'POST /api/v5/trade/amend-order': [60, 2000],
  'POST /api/v5/trade/cancel-order': [60, 2000],
  'POST /api/v5/trade/order': [60, 2000],
}

/** Counts requests against the limit of their endpoint. */
export class Rates {
  readonly #allowances = new Map<string, Allowance>()

  /**
   * @param who the account, or the address where the endpoint is public
   * @throws RestRefusal when it is one too many
   */
  count(endpoint: string, who: string, now: number) {
    const rate = RATES[endpoint]
    if (!rate) return
    const key = `${endpoint} ${who}`
    const allowance = this.#allowances.get(key) ?? new Allowance(() => rate[0], rate[1])
    this.#allowances.set(key, allowance)
    if (!allowance.mayDo(now)) throw new RestRefusal('50011')
  }
}
