import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What was promised with a price: how long the plan lasts, and the rate at which a part of it counts.
 * Null in quotes that are older, which count at the terms of the day.
 */
export default class extends BaseSchema {
  protected tableName = 'payment_quotes'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('length_ms').nullable()
      table.text('base_price').nullable()
      table.bigInteger('base_length_ms').nullable()
    })
  }

  async down() {
    // Knex would make the table anew, which other tables refer to.
    for (const column of ['length_ms', 'base_price', 'base_length_ms']) {
      this.schema.raw(`alter table ${this.tableName} drop column ${column}`)
    }
  }
}
