import type { Decimal } from '#demo/okx/ledger/decimal'
import type { Instrument } from '#demo/okx/ledger/instruments'

export type Side = 'buy' | 'sell'
export type PosSide = 'net' | 'long' | 'short'
export type MarginMode = 'isolated' | 'cross'
export type OrderState = 'live' | 'partially_filled' | 'filled' | 'canceled'

/** What an order came from. Orders that the venue makes itself are named by what they are for. */
export type Category = 'normal' | 'full_liquidation' | 'partial_liquidation' | 'adl'

/** An order as it is asked for: the fields of `POST /api/v5/trade/order`. */
export interface OrderRequest {
  instId: string
  side: Side
  sz: string
  ordType?: 'market' | 'limit' | 'post_only' | 'fok' | 'ioc'
  px?: string
  tdMode?: MarginMode | 'cash'
  posSide?: PosSide
  lever?: string
  clOrdId?: string
  /** What the size of a spot market order is in. Not given: the quote for buys, the base for sells. */
  tgtCcy?: 'base_ccy' | 'quote_ccy'
  reduceOnly?: boolean
}

/** One fill, as both of its sides know it. */
export interface Fill {
  billId: string
  ordId: string
  tradeId: string
  instrument: Instrument
  side: Side
  posSide: string
  clOrdId: string
  sz: Decimal
  px: Decimal
  /** Negative where it was paid. */
  fee: Decimal
  feeCcy: string
  pnl: Decimal
  execType: 'T' | 'M' | ''
  subType: string
  /** Epoch milliseconds. */
  time: number
}

export interface Order {
  ordId: string
  clOrdId: string
  algoId: string
  instrument: Instrument
  side: Side
  posSide: PosSide | ''
  tdMode: MarginMode | 'cash'
  ordType: NonNullable<OrderRequest['ordType']>
  category: Category
  px: Decimal | null
  sz: Decimal
  tgtCcy: 'base_ccy' | 'quote_ccy' | ''
  lever: Decimal
  reduceOnly: boolean
  state: OrderState
  cancelSource: string
  accFillSz: Decimal
  /** The sum of size × price over its fills. */
  filledAtPrice: Decimal
  fee: Decimal
  feeCcy: string
  pnl: Decimal
  lastFill: Fill | null
  /** Of the amendment that was the last change. */
  amendment: { reqId: string; result: string } | null
  /** Epoch milliseconds. */
  cTime: number
  uTime: number
}

/** A refusal of one order, with the code and the words of the venue. */
export class OrderRefused extends Error {
  constructor(
    readonly sCode: string,
    readonly sMsg: string
  ) {
    super(`${sCode} ${sMsg}`)
  }
}

export function isOpen({ state }: Order): boolean {
  return state === 'live' || state === 'partially_filled'
}

/** Whether its size is an amount of the quote currency. */
export function isByQuote({ tgtCcy }: Order): boolean {
  return tgtCcy === 'quote_ccy'
}

/** Whether it can only make a position smaller. */
export function isClosing({ reduceOnly, posSide, side }: Order): boolean {
  return (
    reduceOnly || (posSide === 'long' && side === 'sell') || (posSide === 'short' && side === 'buy')
  )
}
