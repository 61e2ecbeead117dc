import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Addresses that receive BNB, with their finalized state as it was last accounted for. Amounts are
 * wei in decimal text.
 */
export default class extends BaseSchema {
  protected tableName = 'deposit_addresses'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
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

    // A full scan goes through all addresses of a chain by their numbers, a part at a time.
    this.schema.raw('create index deposit_addresses_round on deposit_addresses (chain_id, id)')
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
