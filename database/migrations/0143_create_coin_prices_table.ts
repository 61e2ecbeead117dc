import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the coin of each chain costs in dollars, as a pool on that chain says. One row for each chain. */
export default class extends BaseSchema {
  protected tableName = 'coin_prices'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('chain_id').primary()
      table.string('pool_address', 42).notNullable()
      table.string('usd', 78).notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('read_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
