import { choice, decimal, id, nullable, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { okxColumns, onOkx } from '#facts/on_okx'

/** A position became another size or average price, or was closed. Its worth alone makes no event. */
export const okxPosition = defineFact({
  type: 'okx_position',
  table: 'position_events',
  columns: {
    id: id(),
    change: choice(['changed', 'closed']),
    pos_id: text(),
    inst_type: text(),
    inst_id: text(),
    mgn_mode: nullable(text()),
    pos_side: nullable(text()),
    pos: decimal(),
    previous_pos: nullable(decimal()),
    base_sz: nullable(decimal()),
    avg_px: nullable(decimal()),
    ccy: nullable(text()),
    cause: nullable(text()),
    liquidation: nullable(text()),
    ...okxColumns,
  },
  ...onOkx,
  identity: ['environment', 'account_uid', 'pos_id', 'content_hash'],
  events: { column: 'change', type: (change) => `position.${change}` },
  stream: { letter: 'y' },
})
