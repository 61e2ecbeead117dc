import type { LedgerAccount } from '#demo/okx/ledger/account'
import { decimal, textOf, type Decimal } from '#demo/okx/ledger/decimal'
import type { Exchange } from '#demo/okx/ledger/exchange'
import type { Instrument } from '#demo/okx/ledger/instruments'
import type { OrderRequest } from '#demo/okx/ledger/order'

/** An order that waits for a price, and is placed when the market gets there. */
export interface AlgoOrder {
  algoId: string
  algoClOrdId: string
  instrument: Instrument
  request: OrderRequest
  triggerPx: Decimal
  /** Whether the price has to rise to it. */
  isAbove: boolean
  state: 'live' | 'effective' | 'canceled'
  /** Of the order that it became. */
  ordId: string
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
    ...{ isAbove: triggerPx > instrument.price, state: 'live', ordId: '' },
    ...{ cTime: now(), uTime: now() },
  }
  account.updateAlgo(algo)
  return algo
}

/** Places the algo orders whose price has come. */
export function trigger(exchange: Exchange, account: LedgerAccount) {
  for (const algo of account.algoOrders.values()) {
    if (algo.state !== 'live' || !isTriggered(algo)) continue
    algo.state = 'effective'
    algo.ordId = exchange.place(account, algo.request, algo.algoId).ordId
    account.updateAlgo(algo)
  }
}

function isTriggered({ instrument, triggerPx, isAbove }: AlgoOrder): boolean {
  return isAbove ? instrument.price >= triggerPx : instrument.price <= triggerPx
}

/** What the `orders-algo` channel and the lists of algo orders say. */
export function algoRow(algo: AlgoOrder): Record<string, unknown> {
  const { instrument, request } = algo
  return {
    ...{ algoClOrdId: algo.algoClOrdId, algoId: algo.algoId, actualPx: '', actualSide: '' },
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
