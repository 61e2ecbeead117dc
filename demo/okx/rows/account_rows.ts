import type { Bill } from '#demo/okx/ledger/bill'
import { abs, textOf, type Decimal } from '#demo/okx/ledger/decimal'
import type { LedgerAccount } from '#demo/okx/ledger/account'
import { valueOf, type Instrument } from '#demo/okx/ledger/instruments'
import type { Position } from '#demo/okx/ledger/position'
import type { Row } from '#demo/okx/rows/order_rows'

/** A row of `bills` and `bills-archive`. */
export function billRow({ instrument, fill, ...bill }: Bill): Row {
  return {
    bal: padded(bill.bal),
    balChg: padded(bill.balChg),
    billId: bill.billId,
    ccy: bill.ccy,
    clOrdId: fill?.clOrdId ?? '',
    earnAmt: '',
    earnApr: '',
    execType: fill?.execType ?? '',
    fee: textOf(bill.fee),
    fillTime: fill ? String(fill.time) : '',
    from: bill.type === '1' ? (bill.subType === '11' ? '6' : '18') : '',
    instId: instrument?.instId ?? '',
    instType: instrument?.instType ?? '',
    interest: '0',
    mgnMode: bill.mgnMode,
    notes: '',
    ordId: fill?.ordId ?? '',
    pnl: textOf(bill.pnl),
    posBal: textOf(bill.posBal),
    posBalChg: textOf(bill.posBalChg),
    px: fill ? textOf(fill.px) : '',
    subType: bill.subType,
    sz: fill ? textOf(fill.sz) : textOf(abs(bill.balChg)),
    tag: '',
    to: bill.type === '1' ? (bill.subType === '11' ? '18' : '6') : '',
    tradeId: fill?.tradeId ?? '',
    ts: String(bill.ts),
    type: bill.type,
  }
}

/** With twelve places at least, as recorded bills have them. */
function padded(value: Decimal): string {
  const [whole, fraction = ''] = textOf(value).split('.')
  return `${whole}.${fraction.padEnd(12, '0')}`
}

/** One currency of `account` and of `balance`. */
export function balanceDetail(account: LedgerAccount, ccy: string): Row {
  const [cash, frozen] = [account.balance(ccy), account.frozen(ccy)]
  const margins = account.openPositions.reduce(
    (sum, { instrument, margin }) => (instrument.settleCcy === ccy ? sum + margin : sum),
    0n
  )
  const equity = textOf(cash + margins)
  return {
    availBal: textOf(cash - frozen),
    availEq: textOf(cash - frozen),
    cashBal: textOf(cash),
    ccy,
    eq: equity,
    frozenBal: textOf(frozen + margins),
    ordFrozen: textOf(frozen),
    isoEq: textOf(margins),
    upl: '0',
    uplLiab: '',
    liab: '',
    interest: '',
    imr: '0',
    mmr: '0',
    uTime: String(account.changedAt.get(ccy) ?? 0),
  }
}

/** What `account` and `balance` say around the currencies. */
export function accountRow(account: LedgerAccount, details: Row[], now: number): Row {
  return {
    adjEq: '',
    availEq: '',
    details,
    imr: '',
    isoEq: '0',
    mgnRatio: '',
    mmr: '',
    notionalUsd: '',
    ordFroz: '',
    totalEq: textOf(account.balance('USDT')),
    upl: '',
    uTime: String(now),
  }
}

/** A row of `positions`. One that was closed says 0, and on which side it was no longer. */
export function positionRow(position: Position, now: number): Row {
  const { instrument, size, mgnMode, margin } = position
  const isFlat = size === 0n
  const gain = isFlat ? 0n : position.gainAt(instrument.price)
  return {
    ...positionSummary(position),
    adl: '1',
    availPos: textOf(contractsOf(position)),
    cTime: String(position.cTime),
    fee: textOf(position.fee),
    imr: '',
    interest: '0',
    last: textOf(instrument.price),
    lever: textOf(position.lever),
    liqPx: '',
    markPx: textOf(instrument.price),
    margin: mgnMode === 'isolated' && !isFlat ? textOf(margin) : '',
    mgnRatio: '',
    mmr: '',
    notionalUsd: isFlat ? '' : textOf(valueOf(instrument, abs(size), instrument.price)),
    pTime: String(now),
    realizedPnl: textOf(position.realizedPnl + position.fee),
    pnl: textOf(position.realizedPnl),
    upl: textOf(gain),
    uplRatio: '',
  }
}

/** The part of a position that `balance_and_position` tells too. */
export function positionSummary(position: Position): Row {
  const { instrument } = position
  return {
    avgPx: position.size === 0n ? '' : textOf(position.avgPx),
    baseBal: '',
    ccy: instrument.settleCcy,
    instId: instrument.instId,
    instType: instrument.instType,
    mgnMode: position.mgnMode,
    pos: textOf(contractsOf(position)),
    posCcy: '',
    posId: position.posId,
    posSide: position.posSide,
    quoteBal: '',
    tradeId: position.tradeId,
    uTime: String(position.uTime),
  }
}

/** Net positions have a sign; of the others the side says it. */
function contractsOf({ posSide, size }: Position): Decimal {
  return posSide === 'net' ? size : abs(size)
}

/** A row of `public/instruments`. */
export function instrumentRow(instrument: Instrument): Row {
  const isSpot = instrument.instType === 'SPOT'
  return {
    alias: '',
    baseCcy: isSpot ? instrument.baseCcy : '',
    category: '1',
    quoteCcy: isSpot ? instrument.quoteCcy : '',
    settleCcy: isSpot ? '' : instrument.settleCcy,
    ctMult: isSpot ? '' : '1',
    ctType: isSpot ? '' : instrument.isInverse ? 'inverse' : 'linear',
    ctVal: isSpot ? '' : textOf(instrument.ctVal),
    ctValCcy: instrument.ctValCcy,
    expTime: '',
    instFamily: isSpot ? '' : `${instrument.baseCcy}-${instrument.quoteCcy}`,
    instId: instrument.instId,
    instType: instrument.instType,
    lever: isSpot ? '10' : '100',
    listTime: '1573557408000',
    lotSz: textOf(instrument.lotSz),
    minSz: textOf(instrument.lotSz),
    state: 'live',
    tickSz: textOf(instrument.tickSz),
    uly: isSpot ? '' : `${instrument.baseCcy}-${instrument.quoteCcy}`,
  }
}
