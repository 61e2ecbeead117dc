import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Addresses that receive BNB, with their finalized state as it was last accounted for, and what
 * has left them since. Amounts are wei in decimal text.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('deposit_addresses', (table) => {
      table.bigIncrements('id')
      table.integer('chain_id').notNullable()
      table.string('address', 42).notNullable()
      table.bigInteger('derivation_index').nullable()
      table.bigInteger('user_id').nullable().references('users.id')
      table.bigInteger('opening_block').notNullable()
      table.text('opening_balance').notNullable()
      table.bigInteger('opening_nonce').notNullable()
      table.bigInteger('seen_block').notNullable()
      table.text('seen_balance').notNullable()
      table.bigInteger('seen_nonce').notNullable()
      table.bigInteger('watched_until').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'address'])
      table.unique(['chain_id', 'derivation_index'])
      table.index(['chain_id', 'watched_until'])
      table.index('user_id')
    })

    this.schema.createTable('deposit_outflows', (table) => {
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
    this.schema.dropTable('deposit_outflows')
    this.schema.dropTable('deposit_addresses')
  }
}
