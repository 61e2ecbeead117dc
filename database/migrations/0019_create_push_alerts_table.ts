import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/**
 * What somebody should know about the pushing itself. An alert is a fact: it goes out as
 * `push.alert`. The key keeps several senders from raising the same one.
 */
export default class extends BaseSchema {
  protected tableName = 'push_alerts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('owner_id').nullable()
      table.string('kind', 32).notNullable()
      table.bigInteger('endpoint_id').notNullable()
      table.string('endpoint', 500).notNullable()
      table.bigInteger('since').notNullable()
      table.text('message').notNullable()
      table.bigInteger('acknowledged_at').nullable()
      table.bigInteger('event_time').notNullable()
      outboxColumns(table)
      table.unique(['endpoint_id', 'kind', 'since'], { indexName: 'push_alerts_key' })
      table.index(['event_time'], 'push_alerts_time')
    })
    this.schema.raw('create index push_alerts_outbox on push_alerts (id) where planned_at is null')
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
