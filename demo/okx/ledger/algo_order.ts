import { decimal, textOf, type Decimal } from '#demo/okx/ledger/decimal'
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
  state: 'live' | 'effective' | 'canceled' | 'order_failed'
  /** Of the order that it became, or why it became none. */
  ordId: string
  failCode: string
  /** Epoch milliseconds. */
  cTime: number
  uTime: number
}

/** What the `orders-algo` channel and the lists of algo orders say. */
export function algoRow(algo: AlgoOrder): Record<string, unknown> {
  const { instrument, request } = algo
  return {
    algoClOrdId: algo.algoClOrdId,
    algoId: algo.algoId,
    actualPx: '',
    actualSide: '',
    failCode: algo.failCode,
    actualSz: '0',
    cTime: String(algo.cTime),
    ccy: '',
    clOrdId: '',
    instId: instrument.instId,
    instType: instrument.instType,
    lever: request.lever ?? '10',
    ordId: algo.ordId,
    ordIdList: algo.ordId ? [algo.ordId] : [],
    ordPx: request.px ?? '-1',
    ordType: 'trigger',
    posSide: request.posSide ?? 'net',
    reduceOnly: 'false',
    side: request.side,
    state: algo.state,
    sz: textOf(decimal(request.sz)),
    tag: '',
    tdMode: request.tdMode ?? 'isolated',
    triggerPx: textOf(algo.triggerPx),
    triggerPxType: 'last',
    triggerTime: algo.state === 'effective' ? String(algo.uTime) : '',
    uTime: String(algo.uTime),
  }
}
