import type { OkxOrder } from '#sources/okx/order'

/** What the venue says of an order, as `orders` and `order_events` both keep it. */
export function orderColumns(order: OkxOrder) {
  return {
    ord_id: order.ordId,
    cl_ord_id: order.clOrdId,
    inst_type: order.instType,
    inst_id: order.instId,
    side: order.side,
    pos_side: order.posSide,
    td_mode: order.tdMode,
    ord_type: order.ordType,
    tgt_ccy: order.tgtCcy,
    px: order.px,
    sz: order.sz,
    acc_fill_sz: order.accFillSz,
    avg_px: order.avgPx,
    fee: order.fee,
    fee_ccy: order.feeCcy,
    pnl: order.pnl,
    category: order.category,
    cancel_source: order.cancelSource,
    algo_id: order.algoId,
  }
}
