import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What has been tried, counted as it happens: a million attempts of an endpoint are a few hundred
 * rows here. `duration_ms` is rounded to two significant digits, `total_ms` is exact. Two channels may
 * have targets of the same id, so all that is counted names the channel.
 */
export default class extends BaseSchema {
  protected tableName = 'delivery_stats'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('channel', 16).notNullable()
      table.bigInteger('target_id').notNullable()
      table.string('outcome', 16).notNullable()
      table.integer('duration_ms').notNullable()
      table.bigInteger('attempts').notNullable()
      table.bigInteger('total_ms').notNullable()
      table.bigInteger('last_at').notNullable()
      table.primary(['channel', 'target_id', 'outcome', 'duration_ms'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
