import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How many events of orders came, were processed and failed, and how long that took: sums by minute,
 * and since the beginning in the row of minute 0.
 */
export default class extends BaseSchema {
  protected tableName = 'order_counts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('minute').notNullable().primary()
      table.bigInteger('received').notNullable()
      table.bigInteger('processed').notNullable()
      table.bigInteger('failed').notNullable()
      table.bigInteger('timed_out').notNullable()
      // Milliseconds from when each was known until it was processed, and of how many.
      table.bigInteger('took_ms').notNullable()
      table.bigInteger('timed').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
