import { BaseSchema } from '@adonisjs/lucid/schema'

/** Set when an account is erased, whose wallet is forgotten: what it had is known to a later one. */
export default class extends BaseSchema {
  protected tableName = 'users'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.string('wallet_hash', 64).nullable().index()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => table.dropIndex('wallet_hash'))
    // Not by knex, which on SQLite would replace the table that others refer to.
    this.schema.raw('alter table users drop column wallet_hash')
  }
}
