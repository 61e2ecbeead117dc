import { BaseSchema } from '@adonisjs/lucid/schema'

/** Up to which fact of each kind, and up to which removal, the figures of the market are kept. */
export default class extends BaseSchema {
  protected tableName = 'market_positions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('fact_type', 8).primary()
      table.bigInteger('fact_id').notNullable()
      table.bigInteger('removed_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
