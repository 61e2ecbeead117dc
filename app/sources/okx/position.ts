import { createHash } from 'node:crypto'
import {
  decimalIn,
  neededDecimal,
  neededText,
  neededTime,
  textIn,
  timeIn,
  type OkxRow,
} from '#sources/okx/row'

/** A position as OKX tells it; `pos` is in contracts for derivatives, and `0` when it was closed. */
export interface OkxPosition {
  posId: string
  instType: string
  instId: string
  mgnMode: string | null
  posSide: string | null
  pos: string
  availPos: string | null
  avgPx: string | null
  ccy: string | null
  lever: string | null
  liqPx: string | null
  margin: string | null
  realizedPnl: string | null
  /** Epoch milliseconds: `cTime`, where it is told, and `uTime`. */
  openedAt: number | null
  updatedAt: number
  raw: OkxRow
}

/** A row of a push or of `account/positions`. @throws OkxDecodeError */
export function readPosition(row: OkxRow): OkxPosition {
  return {
    posId: neededText(row, 'posId'),
    instType: neededText(row, 'instType'),
    instId: neededText(row, 'instId'),
    mgnMode: textIn(row, 'mgnMode'),
    posSide: textIn(row, 'posSide'),
    pos: neededDecimal(row, 'pos'),
    availPos: decimalIn(row, 'availPos'),
    avgPx: decimalIn(row, 'avgPx'),
    ccy: textIn(row, 'ccy'),
    lever: decimalIn(row, 'lever'),
    liqPx: decimalIn(row, 'liqPx'),
    margin: decimalIn(row, 'margin'),
    realizedPnl: decimalIn(row, 'realizedPnl'),
    openedAt: timeIn(row, 'cTime'),
    updatedAt: neededTime(row, 'uTime'),
    raw: row,
  }
}

/** The balance of a currency as OKX tells it; what a push leaves out is null. */
export interface OkxBalance {
  ccy: string
  cashBal: string
  eq: string | null
  availBal: string | null
  frozenBal: string | null
  liab: string | null
  /** Epoch milliseconds. */
  updatedAt: number
  raw: OkxRow
}

/** A row of a push or of `account/balance`. @throws OkxDecodeError */
export function readBalance(row: OkxRow): OkxBalance {
  return {
    ccy: neededText(row, 'ccy'),
    cashBal: neededDecimal(row, 'cashBal'),
    eq: decimalIn(row, 'eq'),
    availBal: decimalIn(row, 'availBal'),
    frozenBal: decimalIn(row, 'frozenBal'),
    liab: decimalIn(row, 'liab'),
    updatedAt: neededTime(row, 'uTime'),
    raw: row,
  }
}

/** Tells one change of a position or a balance from another: by its own time, for it may go forth and back. */
export function changeHash(...parts: (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
