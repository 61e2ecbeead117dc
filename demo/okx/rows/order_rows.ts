import { decimal, over, textOf, toStep, type Decimal } from '#demo/okx/ledger/decimal'
import { valueOf } from '#demo/okx/ledger/instruments'
import { isByQuote, type Fill, type Order } from '#demo/okx/ledger/order'

export type Row = Record<string, unknown>

/** An order as REST tells it. Fields and their spelling are those of recorded answers. */
export function orderRow(order: Order): Row {
  const { lastFill: fill } = order
  return {
    ...shared(order),
    accFillSz: textOf(order.accFillSz),
    cancelSourceReason: '',
    ccy: order.tdMode === 'cash' ? '' : order.instrument.settleCcy,
    fillPx: fill ? textOf(fill.px) : '',
    fillSz: fill ? textOf(fill.sz) : '0',
    fillTime: fill ? String(fill.time) : '',
    tradeId: fill?.tradeId ?? '',
  }
}

/** An order as the `orders` channel tells it, with the fill that the message is about. */
export function orderPush(order: Order, fill: Fill | null): Row {
  const { instrument, amendment } = order
  const value = fill && textOf(valueOf(instrument, fill.sz, fill.px))
  return {
    ...shared(order),
    accFillSz: textOf(isByQuote(order) ? rounded(order.accFillSz) : order.accFillSz),
    amendResult: amendment?.result ?? '',
    amendSource: amendment ? '1' : '',
    ccy: '',
    code: '0',
    execType: fill?.execType ?? '',
    fillFee: fill ? textOf(fill.fee) : '0',
    fillFeeCcy: fill?.feeCcy ?? '',
    fillMarkPx: '',
    fillNotionalUsd: value ?? '',
    fillPnl: fill ? textOf(fill.pnl) : '0',
    fillPx: fill ? textOf(fill.px) : '',
    fillSz: fill ? textOf(fill.sz) : '0',
    fillTime: fill ? String(fill.time) : '',
    lastPx: textOf(instrument.price),
    msg: '',
    notionalUsd: textOf(valueOf(instrument, order.sz, order.px ?? instrument.price)),
    reqId: amendment?.reqId ?? '',
    tradeId: fill?.tradeId ?? '',
  }
}

/** A row of `fills` and `fills-history`. */
export function fillRow(fill: Fill): Row {
  const { instrument } = fill
  return {
    billId: fill.billId,
    clOrdId: fill.clOrdId,
    execType: fill.execType,
    fee: textOf(fill.fee),
    feeCcy: fill.feeCcy,
    fillFwdPx: '',
    fillIdxPx: '',
    fillMarkPx: '',
    fillMarkVol: '',
    fillPnl: textOf(fill.pnl),
    fillPx: textOf(fill.px),
    fillPxUsd: '',
    fillPxVol: '',
    fillSz: textOf(fill.sz),
    fillTime: String(fill.time),
    instId: instrument.instId,
    instType: instrument.instType,
    ordId: fill.ordId,
    posSide: fill.posSide,
    side: fill.side,
    subType: fill.subType,
    tag: '',
    tradeId: fill.tradeId,
    tradeQuoteCcy: '',
    // The venue writes it down a millisecond after it happened.
    ts: String(fill.time + 1),
  }
}

function shared(order: Order): Row {
  const { instrument, accFillSz, filledAtPrice } = order
  return {
    algoClOrdId: '',
    algoId: order.algoId,
    attachAlgoClOrdId: '',
    attachAlgoOrds: [],
    avgPx: accFillSz === 0n ? '' : textOf(average(filledAtPrice, accFillSz)),
    cTime: String(order.cTime),
    cancelSource: order.cancelSource,
    category: order.category,
    clOrdId: order.clOrdId,
    fee: textOf(order.fee),
    feeCcy: order.feeCcy,
    instId: instrument.instId,
    instType: instrument.instType,
    isTpLimit: 'false',
    lever: textOf(order.lever),
    linkedAlgoOrd: { algoId: '' },
    ordId: order.ordId,
    ordType: order.ordType,
    pnl: textOf(order.pnl),
    posSide: order.posSide,
    px: order.px === null ? '' : textOf(order.px),
    pxType: '',
    pxUsd: '',
    pxVol: '',
    quickMgnType: '',
    rebate: '0',
    rebateCcy: order.feeCcy === instrument.baseCcy ? instrument.quoteCcy : instrument.baseCcy,
    reduceOnly: String(order.reduceOnly),
    side: order.side,
    slOrdPx: '',
    slTriggerPx: '',
    slTriggerPxType: '',
    source: '',
    state: order.state,
    stpId: '',
    stpMode: '',
    sz: textOf(order.sz),
    tag: '',
    tdMode: order.tdMode,
    tgtCcy: order.tgtCcy,
    tpOrdPx: '',
    tpTriggerPx: '',
    tpTriggerPxType: '',
    uTime: String(order.uTime),
  }
}

/** Twelve places, as averages have. */
function average(sum: Decimal, count: Decimal): Decimal {
  return toStep(over(sum, count), decimal('0.000000000001'))
}

/** As recorded: an order that has filled 1.844337 says 1.84. */
function rounded(size: Decimal): Decimal {
  return toStep(size, decimal('0.01'))
}
