import { BaseSchema } from '@adonisjs/lucid/schema'

/** What has left deposit addresses. Amounts are wei in decimal text. */
export default class extends BaseSchema {
  protected tableName = 'deposit_outflows'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('address_id').notNullable().references('deposit_addresses.id')
      table.string('kind', 16).notNullable()
      table.bigInteger('nonce').nullable()
      table.string('tx_hash', 66).nullable()
      table.text('amount').notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['address_id', 'nonce'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
