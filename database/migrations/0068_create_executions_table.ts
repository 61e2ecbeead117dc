import { BaseSchema } from '@adonisjs/lucid/schema'
import { okxFactColumns, outboxColumns } from '#database/fact_columns'

/**
 * What was traded, fill by fill. Liquidations have no number of a trade that tells them apart, so the
 * key is a text: see app/sources/okx/execution.ts.
 */
export default class extends BaseSchema {
  protected tableName = 'executions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      okxFactColumns(table)
      table.string('execution_key', 200).notNullable()
      table.string('ord_id', 32).notNullable()
      table.string('cl_ord_id', 64).nullable()
      table.string('trade_id', 32).nullable()
      table.string('bill_id', 32).nullable()
      table.string('inst_type', 16).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('side', 8).notNullable()
      table.string('pos_side', 8).nullable()
      // As the venue counts it: in contracts for derivatives.
      table.text('fill_sz').notNullable()
      table.text('fill_px').notNullable()
      // What was filled of the order with this one, where a push told it.
      table.text('acc_fill_sz').nullable()
      // Of the instrument at the time; null while the venue has not told it.
      table.text('ct_val').nullable()
      table.text('ct_mult').nullable()
      table.string('ct_val_ccy', 32).nullable()
      // The size in ct_val_ccy, or in the base currency, and what it was worth at fill_px.
      table.text('base_sz').nullable()
      table.text('notional').nullable()
      table.text('fee').nullable()
      table.string('fee_ccy', 32).nullable()
      table.text('fill_pnl').nullable()
      table.string('exec_type', 4).nullable()
      table.string('liquidation', 32).nullable()
      table.text('raw').notNullable()
      outboxColumns(table)
      table.unique(['account_id', 'execution_key'], { indexName: 'executions_key' })
      table.index(['account_id', 'ord_id'], 'executions_order')
      table.index(['account_id', 'trade_id'], 'executions_trade')
      table.index(['owner_id', 'id'], 'executions_owner')
    })

    this.schema.raw('create index executions_outbox on executions (id) where planned_at is null')
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
