import { BaseSchema } from '@adonisjs/lucid/schema'
import { okxFactColumns, outboxColumns } from '#database/fact_columns'

/** Each change of a position as a fact. Sizes are as the venue counts them. */
export default class extends BaseSchema {
  protected tableName = 'position_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      okxFactColumns(table)
      table.string('change', 8).notNullable()
      table.string('pos_id', 32).notNullable()
      table.string('inst_type', 16).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('mgn_mode', 16).nullable()
      table.string('pos_side', 8).nullable()
      table.text('pos').notNullable()
      table.text('previous_pos').nullable()
      table.text('base_sz').nullable()
      table.text('avg_px').nullable()
      table.string('ccy', 32).nullable()
      table.string('cause', 32).nullable()
      table.string('liquidation', 32).nullable()
      table.string('content_hash', 64).notNullable()
      outboxColumns(table)
      table.unique(['account_id', 'pos_id', 'content_hash'], { indexName: 'position_events_key' })
      table.index(['owner_id', 'id'], 'position_events_owner')
    })

    this.schema.raw(
      'create index position_events_outbox on position_events (id) where planned_at is null'
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
