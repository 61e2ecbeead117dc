import type { LedgerAccount } from '#demo/okx/ledger/account'
import { decimal, textOf, type Decimal } from '#demo/okx/ledger/decimal'
import type { Exchange } from '#demo/okx/ledger/exchange'
import type { Instrument } from '#demo/okx/ledger/instruments'
import { OrderRefused, type OrderRequest } from '#demo/okx/ledger/order'

/** An order that waits for a price, and is placed when the market gets there. */
export interface AlgoOrder {
  algoId: string
  algoClOrdId: string
  instrument: Instrument
  request: OrderRequest
  triggerPx: Decimal
  /** Whether the price has to rise to it. */
  isAbove: boolean
  state: 'live' | 'effective' | 'canceled' | 'order_failed'
  /** Of the order that it became, or why it became none. */
  ordId: string
  failCode: string
  /** Epoch milliseconds. */
  cTime: number
  uTime: number
}

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
    ...{ algoId: newId(), algoClOrdId: '', instrument, request, triggerPx },
    ...{ isAbove: triggerPx > instrument.price, state: 'live', ordId: '', failCode: '' },
    ...{ cTime: now(), uTime: now() },
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

/** What the `orders-algo` channel and the lists of algo orders say. */
export function algoRow(algo: AlgoOrder): Record<string, unknown> {
  const { instrument, request } = algo
  return {
    ...{ algoClOrdId: algo.algoClOrdId, algoId: algo.algoId, actualPx: '', actualSide: '' },
    failCode: algo.failCode,
    ...{
      actualSz: '0',
      cTime: String(algo.cTime),
      ccy: '',
      clOrdId: '',
      instId: instrument.instId,
    },
    ...{ instType: instrument.instType, lever: request.lever ?? '10', ordId: algo.ordId },
    ...{ ordIdList: algo.ordId ? [algo.ordId] : [], ordPx: request.px ?? '-1', ordType: 'trigger' },
    ...{
      posSide: request.posSide ?? 'net',
      reduceOnly: 'false',
      side: request.side,
      state: algo.state,
    },
    ...{ sz: textOf(decimal(request.sz)), tag: '', tdMode: request.tdMode ?? 'isolated' },
    triggerPx: textOf(algo.triggerPx),
    ...{ triggerPxType: 'last', triggerTime: algo.state === 'effective' ? String(algo.uTime) : '' },
    uTime: String(algo.uTime),
  }
}
