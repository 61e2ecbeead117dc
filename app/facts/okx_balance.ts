import { decimal, id, nullable, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { okxColumns, onOkx } from '#facts/on_okx'

/** The cash balance of a currency became another. */
export const okxBalance = defineFact({
  type: 'okx_balance',
  table: 'balance_events',
  columns: {
    id: id(),
    ccy: text(),
    cash_bal: decimal(),
    previous_cash_bal: nullable(decimal()),
    cause: nullable(text()),
    ...okxColumns,
  },
  ...onOkx,
  identity: ['environment', 'account_uid', 'ccy', 'content_hash'],
  events: 'balance.changed',
  stream: { letter: 'z' },
})
