import { choice, decimal, id, nullable, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { okxColumns, onOkx } from '#facts/on_okx'

/**
 * The venue said something new about an order; `filled` is said once, when all of it is. What follows
 * from its silence, or from a verification, is said with the origin `monitor`, a status and a reason.
 * `algo` is about an algo order, named by `algo_id`: `ord_id` is the order that it placed, if any.
 */
export const okxOrder = defineFact({
  type: 'okx_order',
  table: 'order_events',
  columns: {
    id: id(),
    change: choice(['updated', 'filled', 'algo']),
    ord_id: nullable(text()),
    cl_ord_id: nullable(text()),
    state: text(),
    inst_type: nullable(text()),
    inst_id: text(),
    side: nullable(text()),
    pos_side: nullable(text()),
    td_mode: nullable(text()),
    ord_type: nullable(text()),
    tgt_ccy: nullable(text()),
    px: nullable(decimal()),
    sz: nullable(decimal()),
    acc_fill_sz: decimal(),
    avg_px: nullable(decimal()),
    fee: nullable(decimal()),
    fee_ccy: nullable(text()),
    pnl: nullable(decimal()),
    category: nullable(text()),
    liquidation: nullable(text()),
    cancel_source: nullable(text()),
    amend_result: nullable(text()),
    algo_id: nullable(text()),
    trigger_px: nullable(decimal()),
    tp_trigger_px: nullable(decimal()),
    sl_trigger_px: nullable(decimal()),
    status: nullable(text()),
    reason: nullable(text()),
    ...okxColumns,
  },
  ...onOkx,
  identity: ['environment', 'account_uid', 'ord_id', 'content_hash'],
  events: { column: 'change', type: (change) => `order.${change}` },
  stream: { letter: 'v' },
})
