import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How well pushing went, as it was checked from time to time. The report is what was found in whole;
 * the columns are what is asked for often.
 */
export default class extends BaseSchema {
  protected tableName = 'push_health_checks'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('checked_at').notNullable().index()
      table.bigInteger('lookback_ms').notNullable()
      table.string('level', 16).notNullable()
      table.integer('events_checked').notNullable()
      table.integer('due').notNullable()
      table.integer('sent').notNullable()
      table.double('overall_coverage').nullable()
      table.boolean('collector_ok').notNullable()
      table.text('report').notNullable()
      table.index(['lookback_ms', 'id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
