import { BaseSchema } from '@adonisjs/lucid/schema'
import { okxFactColumns, outboxColumns } from '#database/fact_columns'

/** Each change of a balance as a fact. */
export default class extends BaseSchema {
  protected tableName = 'balance_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      okxFactColumns(table)
      table.string('ccy', 32).notNullable()
      table.text('cash_bal').notNullable()
      table.text('previous_cash_bal').nullable()
      table.string('cause', 32).nullable()
      table.string('content_hash', 64).notNullable()
      outboxColumns(table)
      table.unique(['account_id', 'ccy', 'content_hash'], { indexName: 'balance_events_key' })
      table.index(['owner_id', 'id'], 'balance_events_owner')
    })

    this.schema.raw(
      'create index balance_events_outbox on balance_events (id) where planned_at is null'
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
