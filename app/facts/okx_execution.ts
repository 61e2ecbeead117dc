import { decimal, id, nullable, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { okxColumns, onOkx } from '#facts/on_okx'

/**
 * One fill. `fill_sz` is as the venue counts it, in contracts for derivatives; `base_sz` is what that
 * is in `ct_val_ccy` or the base currency, and `notional` its worth at `fill_px`.
 */
export const okxExecution = defineFact({
  type: 'okx_execution',
  table: 'executions',
  columns: {
    id: id(),
    ord_id: text(),
    cl_ord_id: nullable(text()),
    trade_id: nullable(text()),
    bill_id: nullable(text()),
    inst_type: text(),
    inst_id: text(),
    side: text(),
    pos_side: nullable(text()),
    fill_sz: decimal(),
    fill_px: decimal(),
    ct_val: nullable(decimal()),
    ct_mult: nullable(decimal()),
    ct_val_ccy: nullable(text()),
    base_sz: nullable(decimal()),
    notional: nullable(decimal()),
    fee: nullable(decimal()),
    fee_ccy: nullable(text()),
    fill_pnl: nullable(decimal()),
    exec_type: nullable(text()),
    liquidation: nullable(text()),
    ...okxColumns,
  },
  ...onOkx,
  identity: ['environment', 'account_uid', 'execution_key'],
  events: 'execution.reported',
  stream: { letter: 'x' },
})
