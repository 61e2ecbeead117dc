import { BaseSchema } from '@adonisjs/lucid/schema'
import { okxFactColumns, outboxColumns } from '#database/fact_columns'

/**
 * Everything that the venue said about an order, each once. The venue says the same more than once,
 * also with another time: what counts is a hash of what it says about the order.
 */
export default class extends BaseSchema {
  protected tableName = 'order_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      okxFactColumns(table)
      table.string('change', 8).notNullable()
      // Of an order that was announced and never seen, only what its owner said is known.
      table.string('ord_id', 32).nullable()
      table.string('cl_ord_id', 64).nullable()
      // Names the order in events of algo orders; in those of others, which algo order placed it.
      table.string('algo_id', 32).nullable()
      table.string('state', 32).notNullable()
      table.string('inst_type', 16).nullable()
      table.string('inst_id', 64).notNullable()
      table.string('side', 8).nullable()
      table.string('pos_side', 8).nullable()
      table.string('td_mode', 16).nullable()
      table.string('ord_type', 32).nullable()
      table.string('tgt_ccy', 16).nullable()
      table.text('px').nullable()
      table.text('sz').nullable()
      table.text('trigger_px').nullable()
      table.text('tp_trigger_px').nullable()
      table.text('sl_trigger_px').nullable()
      table.text('acc_fill_sz').notNullable()
      table.text('avg_px').nullable()
      table.text('fee').nullable()
      table.string('fee_ccy', 32).nullable()
      table.text('pnl').nullable()
      table.string('category', 32).nullable()
      table.string('liquidation', 32).nullable()
      table.string('cancel_source', 16).nullable()
      table.string('amend_result', 8).nullable()
      // What app/orders concluded, in events of its own.
      table.string('status', 12).nullable()
      table.string('reason', 32).nullable()
      table.string('content_hash', 64).notNullable()
      table.text('raw').notNullable()
      outboxColumns(table)
      table.unique(['account_id', 'ord_id', 'content_hash'], { indexName: 'order_events_key' })
      table.index(['owner_id', 'id'], 'order_events_owner')
    })

    this.schema.raw(
      'create index order_events_outbox on order_events (id) where planned_at is null'
    )
    this.schema.raw(
      "create index order_events_algo on order_events (account_id, algo_id) where change = 'algo'"
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
