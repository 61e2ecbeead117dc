import { liquidationOfSubType, type Liquidation } from '#sources/okx/liquidation'
import {
  decimalIn,
  neededDecimal,
  neededText,
  neededTime,
  textIn,
  timeIn,
  type OkxRow,
} from '#sources/okx/row'

/** What changed the balance of a currency, and the balance after it. */
export interface OkxBill {
  billId: string
  ccy: string
  bal: string
  balChg: string
  posBal: string | null
  posBalChg: string | null
  pnl: string | null
  fee: string | null
  interest: string | null
  type: string
  subType: string
  liquidation: Liquidation | null
  instType: string | null
  instId: string | null
  mgnMode: string | null
  ordId: string | null
  tradeId: string | null
  sz: string | null
  px: string | null
  execType: string | null
  /** Epoch milliseconds. */
  fillTime: number | null
  ts: number
  raw: OkxRow
}

/** A row of `account/bills` or `account/bills-archive`. @throws OkxDecodeError */
export function readBill(row: OkxRow): OkxBill {
  const subType = textIn(row, 'subType') ?? ''
  return {
    billId: neededText(row, 'billId'),
    ccy: neededText(row, 'ccy'),
    bal: neededDecimal(row, 'bal'),
    balChg: neededDecimal(row, 'balChg'),
    posBal: decimalIn(row, 'posBal'),
    posBalChg: decimalIn(row, 'posBalChg'),
    pnl: decimalIn(row, 'pnl'),
    fee: decimalIn(row, 'fee'),
    interest: decimalIn(row, 'interest'),
    type: neededText(row, 'type'),
    subType,
    liquidation: liquidationOfSubType(subType),
    instType: textIn(row, 'instType'),
    instId: textIn(row, 'instId'),
    mgnMode: textIn(row, 'mgnMode'),
    ordId: textIn(row, 'ordId'),
    tradeId: textIn(row, 'tradeId'),
    sz: decimalIn(row, 'sz'),
    px: decimalIn(row, 'px'),
    execType: textIn(row, 'execType'),
    fillTime: timeIn(row, 'fillTime'),
    ts: neededTime(row, 'ts'),
    raw: row,
  }
}

/** Numbers of bills, as of orders, have more digits than a JavaScript number. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : Number(one > other))
}
