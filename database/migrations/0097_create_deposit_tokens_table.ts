import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Tokens (BEP-20) that were sent to deposit addresses: they buy nothing, and are named. One row for
 * each token of an address; `amount` is the sum, in the token's smallest unit, as decimal text.
 */
export default class extends BaseSchema {
  protected tableName = 'deposit_tokens'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('address_id').notNullable().references('deposit_addresses.id')
      table.string('token_address', 42).notNullable()
      table.string('symbol', 32).nullable()
      table.integer('decimals').nullable()
      table.text('amount').notNullable()
      table.integer('transfers').notNullable()
      table.string('tx_hash', 66).notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['address_id', 'token_address'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
