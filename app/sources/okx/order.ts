import { createHash } from 'node:crypto'
import { canonicalJson } from '#foundation/text/canonical_json'
import { Decimal } from '#foundation/text/decimal'
import { liquidationOfCategory, type Liquidation } from '#sources/okx/liquidation'
import {
  decimalIn,
  neededDecimal,
  neededText,
  neededTime,
  textIn,
  timeIn,
  type OkxRow,
} from '#sources/okx/row'

/** What OKX said about an order. Sizes of derivatives are in contracts; words are OKX's own. */
export interface OkxOrder {
  ordId: string
  clOrdId: string | null
  state: string
  instType: string
  instId: string
  side: string
  posSide: string | null
  tdMode: string | null
  ordType: string
  tgtCcy: string | null
  px: string | null
  sz: string
  accFillSz: string
  avgPx: string | null
  fee: string | null
  feeCcy: string | null
  pnl: string | null
  lever: string | null
  reduceOnly: boolean
  category: string | null
  liquidation: Liquidation | null
  cancelSource: string | null
  algoId: string | null
  /** `0` done, `-1` refused, or another; null where it was not about an amendment. */
  amendResult: string | null
  reqId: string | null
  /** Epoch milliseconds: `cTime`, `uTime`, and the last fill. */
  createdAt: number
  updatedAt: number
  fillTime: number | null
  raw: OkxRow
}

/** States from which an order does not return. `gone` is ours: OKX knows nothing of it any more. */
export const TERMINAL_STATES = ['filled', 'canceled', 'mmp_canceled', 'gone']

/** States in which it is at the venue. */
export const OPEN_STATES = ['live', 'partially_filled']

export function isTerminal(state: string | null): boolean {
  return TERMINAL_STATES.includes(state ?? '')
}

/** @throws OkxDecodeError */
export function readOrder(row: OkxRow): OkxOrder {
  const category = textIn(row, 'category')
  return {
    ordId: neededText(row, 'ordId'),
    clOrdId: textIn(row, 'clOrdId'),
    state: neededText(row, 'state'),
    instType: neededText(row, 'instType'),
    instId: neededText(row, 'instId'),
    side: neededText(row, 'side'),
    posSide: textIn(row, 'posSide'),
    tdMode: textIn(row, 'tdMode'),
    ordType: neededText(row, 'ordType'),
    tgtCcy: textIn(row, 'tgtCcy'),
    px: decimalIn(row, 'px'),
    sz: neededDecimal(row, 'sz'),
    accFillSz: decimalIn(row, 'accFillSz') ?? '0',
    avgPx: decimalIn(row, 'avgPx'),
    fee: decimalIn(row, 'fee'),
    feeCcy: textIn(row, 'feeCcy'),
    pnl: decimalIn(row, 'pnl'),
    lever: decimalIn(row, 'lever'),
    reduceOnly: textIn(row, 'reduceOnly') === 'true',
    category,
    liquidation: liquidationOfCategory(category),
    cancelSource: textIn(row, 'cancelSource'),
    algoId: textIn(row, 'algoId'),
    amendResult: textIn(row, 'amendResult'),
    reqId: textIn(row, 'reqId'),
    createdAt: neededTime(row, 'cTime'),
    updatedAt: neededTime(row, 'uTime'),
    fillTime: timeIn(row, 'fillTime'),
    raw: row,
  }
}

/** What an order is at a moment: push and REST tell the same. */
type OrderContent = Pick<OkxOrder, 'state' | 'px' | 'sz' | 'accFillSz' | 'cancelSource'>

/**
 * Whether two say the same of an order. Left out is what OKX's own endpoints tell differently of one
 * order: `posSide`, `uTime`, and an average price of "0" or "".
 */
export function saysTheSame(one: OrderContent, other: OrderContent): boolean {
  const isEqual = (a: string | null, b: string | null) =>
    a === b || (a !== null && b !== null && sameNumber(a, b))
  return (
    one.state === other.state &&
    one.cancelSource === other.cancelSource &&
    isEqual(one.px, other.px) &&
    isEqual(one.sz, other.sz) &&
    isEqual(one.accFillSz, other.accFillSz)
  )
}

/**
 * Tells one message about an order from another. OKX sends the same more than once, also with another
 * `uTime`, so that time counts only where an amendment has no number of its own: a price may go forth
 * and back.
 */
export function contentHash(order: OkxOrder): string {
  const content = {
    state: order.state,
    px: order.px,
    sz: order.sz,
    accFillSz: order.accFillSz,
    cancelSource: order.cancelSource,
    ...contentOfAmendment(order),
  }
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

type Amended = Pick<OkxOrder, 'amendResult' | 'reqId' | 'updatedAt'>

/** What tells one amendment from another. */
export function contentOfAmendment({ amendResult, reqId, updatedAt }: Amended) {
  return { amendResult, amendment: amendResult === null ? null : (reqId ?? String(updatedAt)) }
}

export function sameNumber(one: string, other: string): boolean {
  return compareNumbers(one, other) === 0
}

/** Negative, zero or positive, as the first is less than, equal to or more than the other. */
export function compareNumbers(one: string, other: string): number {
  return one === other ? 0 : Decimal.parse(one).compare(Decimal.parse(other))
}
