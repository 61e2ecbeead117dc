import { createHash } from 'node:crypto'
import { canonicalJson } from '#foundation/text/canonical_json'
import { contentOfAmendment, sameNumber } from '#sources/okx/order'
import { decimalIn, neededText, neededTime, textIn, type OkxRow } from '#sources/okx/row'

/**
 * What OKX said about an algo order: a stop, a trailing stop or another order that waits for a condition
 * and places orders of its own then. It moves no balance. Words are OKX's own.
 */
export interface OkxAlgoOrder {
  algoId: string
  clOrdId: string | null
  /** Of the order that it placed last, where it placed one. */
  ordId: string | null
  state: string
  instType: string
  instId: string
  side: string | null
  posSide: string | null
  tdMode: string | null
  ordType: string
  tgtCcy: string | null
  /** The price of the order that it places; null: that of the market. */
  px: string | null
  sz: string | null
  triggerPx: string | null
  tpTriggerPx: string | null
  slTriggerPx: string | null
  amendResult: string | null
  reqId: string | null
  /** Epoch milliseconds: `cTime` and `uTime`. */
  createdAt: number
  updatedAt: number
  raw: OkxRow
}

/** Kinds of algo orders, as the lists of REST are asked for them: these two go together, others alone. */
export const ALGO_TYPES = [
  'conditional,oco',
  ...['trigger', 'move_order_stop', 'iceberg', 'twap', 'chase'],
]

/** States in which it waits, or still places orders. */
export const WAITING_STATES = ['live', 'pause', 'partially_effective']

/** States that the list of those that have ended is asked for, each alone. */
export const ENDED_STATES = ['effective', 'canceled', 'order_failed']

/** OKX writes a price of the market as -1. */
const MARKET = '-1'

/** @throws OkxDecodeError */
export function readAlgoOrder(row: OkxRow): OkxAlgoOrder {
  const px = decimalIn(row, 'ordPx') ?? decimalIn(row, 'tpOrdPx') ?? decimalIn(row, 'slOrdPx')
  const placed = Array.isArray(row.ordIdList) ? String(row.ordIdList.at(-1) ?? '') : ''
  return {
    algoId: neededText(row, 'algoId'),
    clOrdId: textIn(row, 'algoClOrdId'),
    ordId: textIn(row, 'ordId') ?? (placed || null),
    state: neededText(row, 'state'),
    instType: neededText(row, 'instType'),
    instId: neededText(row, 'instId'),
    side: textIn(row, 'side'),
    posSide: textIn(row, 'posSide'),
    tdMode: textIn(row, 'tdMode'),
    ordType: neededText(row, 'ordType'),
    tgtCcy: textIn(row, 'tgtCcy'),
    px: px === MARKET ? null : px,
    // Of one that closes a share of a position there is none.
    sz: decimalIn(row, 'sz'),
    triggerPx: decimalIn(row, 'triggerPx'),
    tpTriggerPx: decimalIn(row, 'tpTriggerPx'),
    slTriggerPx: decimalIn(row, 'slTriggerPx'),
    amendResult: textIn(row, 'amendResult'),
    reqId: textIn(row, 'reqId'),
    createdAt: neededTime(row, 'cTime'),
    updatedAt: neededTime(row, 'uTime'),
    raw: row,
  }
}

/** What an algo order is at a moment: push and REST tell the same of it. */
export type AlgoContent = Pick<
  OkxAlgoOrder,
  'state' | 'px' | 'sz' | 'triggerPx' | 'tpTriggerPx' | 'slTriggerPx'
>

const NUMBERS = ['px', 'sz', 'triggerPx', 'tpTriggerPx', 'slTriggerPx'] as const

export function saysTheSameOfAlgo(one: AlgoContent, other: AlgoContent): boolean {
  return (
    one.state === other.state &&
    NUMBERS.every((name) => {
      const [a, b] = [one[name], other[name]]
      return a === b || (a !== null && b !== null && sameNumber(a, b))
    })
  )
}

/** Tells one message about an algo order from another, as `contentHash` does for orders. */
export function algoContentHash(order: OkxAlgoOrder): string {
  const { algoId, state, px, sz, triggerPx, tpTriggerPx, slTriggerPx } = order
  const content = {
    algoId,
    state,
    px,
    sz,
    triggerPx,
    tpTriggerPx,
    slTriggerPx,
    ...contentOfAmendment(order),
  }
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}
