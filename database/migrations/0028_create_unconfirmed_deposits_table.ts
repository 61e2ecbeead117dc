import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What was seen on its way to an address and is not final yet: for the pay page, never for the
 * ledger. `final_block` moves from `from_block` to `block_number`; then the row is deleted.
 */
export default class extends BaseSchema {
  protected tableName = 'unconfirmed_deposits'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table
        .bigInteger('address_id')
        .primary()
        .references('deposit_addresses.id')
        .onDelete('CASCADE')
      table.text('amount').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('final_block').notNullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
