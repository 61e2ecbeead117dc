import { liquidationOfSubType, type Liquidation } from '#sources/okx/liquidation'
import type { OkxOrder } from '#sources/okx/order'
import {
  decimalIn,
  neededDecimal,
  neededText,
  neededTime,
  textIn,
  type OkxRow,
} from '#sources/okx/row'

/** One fill, from a push about its order or from a list over REST. */
export interface OkxFill {
  /** Empty for a block trade, which has no order. */
  ordId: string
  clOrdId: string | null
  instType: string
  instId: string
  side: string
  posSide: string | null
  /** As OKX writes it: above zero for a trade in the book; 0 or below for a forced one. */
  tradeId: string | null
  /** Of a list alone. */
  billId: string | null
  /** Of a push alone: what was filled of the order with this one. */
  accFillSz: string | null
  fillSz: string
  fillPx: string
  fee: string | null
  feeCcy: string | null
  fillPnl: string | null
  /** `T` taker, `M` maker; null for a forced one. */
  execType: string | null
  liquidation: Liquidation | null
  /** Epoch milliseconds. */
  fillTime: number
  raw: OkxRow
}

/**
 * The fill that a push about an order brings, or null. A market order by its worth in the quote
 * currency says `filled` once more without a fill.
 *
 * @throws OkxDecodeError
 */
export function fillOfOrder(row: OkxRow, order: OkxOrder): OkxFill | null {
  const fillSz = decimalIn(row, 'fillSz')
  const tradeId = textIn(row, 'tradeId')
  if (fillSz === null || Number(fillSz) === 0) {
    return null
  }
  return {
    ...order,
    tradeId,
    billId: null,
    fillSz,
    fillPx: neededDecimal(row, 'fillPx'),
    fee: decimalIn(row, 'fillFee'),
    feeCcy: textIn(row, 'fillFeeCcy'),
    fillPnl: decimalIn(row, 'fillPnl'),
    execType: textIn(row, 'execType'),
    fillTime: neededTime(row, 'fillTime'),
  }
}

/** A row of `trade/fills` or `trade/fills-history`. @throws OkxDecodeError */
export function readFill(row: OkxRow): OkxFill {
  return {
    ordId: textIn(row, 'ordId') ?? '',
    clOrdId: textIn(row, 'clOrdId'),
    instType: neededText(row, 'instType'),
    instId: neededText(row, 'instId'),
    side: neededText(row, 'side'),
    posSide: textIn(row, 'posSide'),
    tradeId: textIn(row, 'tradeId'),
    billId: textIn(row, 'billId'),
    accFillSz: null,
    fillSz: neededDecimal(row, 'fillSz'),
    fillPx: neededDecimal(row, 'fillPx'),
    fee: decimalIn(row, 'fee'),
    feeCcy: textIn(row, 'feeCcy'),
    fillPnl: decimalIn(row, 'fillPnl'),
    execType: textIn(row, 'execType'),
    liquidation: liquidationOfSubType(textIn(row, 'subType')),
    fillTime: neededTime(row, 'fillTime'),
    raw: row,
  }
}

/**
 * What names a trade in the book. Both sides of a trade with oneself have one number, in two orders;
 * null for a forced one, whose number differs between push (0) and list (below 0).
 */
export function tradeKey({ instId, tradeId, ordId }: OkxFill): string | null {
  return isTradeNumber(tradeId) ? `${instId}:${tradeId}:${ordId}` : null
}

/** What fills without a number of a trade have in common that are of one kind within their order. */
export function kindKey({ ordId, fillSz, fillPx }: OkxFill): string {
  return `${ordId}:${fillSz}:${fillPx}`
}

export function isTradeNumber(tradeId: string | null): boolean {
  return tradeId !== null && /^[1-9]\d*$/.test(tradeId)
}
