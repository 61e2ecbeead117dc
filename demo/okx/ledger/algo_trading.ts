import type { LedgerAccount } from '#demo/okx/ledger/account'
import type { AlgoOrder } from '#demo/okx/ledger/algo_order'
import { decimal } from '#demo/okx/ledger/decimal'
import type { Exchange } from '#demo/okx/ledger/exchange'
import { OrderRefused, type OrderRequest } from '#demo/okx/ledger/order'

/** Keeps an order that is placed when the price gets to `triggerPx`. @throws OrderRefused */
export function placeAlgo(
  exchange: Exchange,
  account: LedgerAccount,
  request: OrderRequest & { triggerPx: string }
): AlgoOrder {
  const instrument = exchange.instrument(request.instId)
  const triggerPx = decimal(request.triggerPx)
  const { newId, now } = exchange.time
  const algo: AlgoOrder = {
    algoId: newId(),
    algoClOrdId: '',
    instrument,
    request,
    triggerPx,
    isAbove: triggerPx > instrument.price,
    state: 'live',
    ordId: '',
    failCode: '',
    cTime: now(),
    uTime: now(),
  }
  account.updateAlgo(algo)
  return algo
}

/** Places the algo orders whose price has come; one that is refused has failed. */
export function trigger(exchange: Exchange, account: LedgerAccount) {
  for (const algo of account.algoOrders.values()) {
    if (algo.state !== 'live' || !isTriggered(algo)) continue
    try {
      algo.ordId = exchange.place(account, algo.request, algo.algoId).ordId
      algo.state = 'effective'
    } catch (error) {
      if (!(error instanceof OrderRefused)) throw error
      algo.state = 'order_failed'
      algo.failCode = error.sCode
    }
    account.updateAlgo(algo)
  }
}

/** @throws OrderRefused when it does not wait any more */
export function cancelAlgo(account: LedgerAccount, algoId: string): AlgoOrder {
  const algo = account.algoOrders.get(algoId)
  if (algo?.state !== 'live') throw new OrderRefused('51400', 'Cancellation failed')
  algo.state = 'canceled'
  account.updateAlgo(algo)
  return algo
}

function isTriggered({ instrument, triggerPx, isAbove }: AlgoOrder): boolean {
  return isAbove ? instrument.price >= triggerPx : instrument.price <= triggerPx
}
