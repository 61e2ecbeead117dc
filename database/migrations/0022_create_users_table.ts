import { BaseSchema } from '@adonisjs/lucid/schema'

/** Who has an account. One without a wallet is the operator's own, for programs. */
export default class extends BaseSchema {
  protected tableName = 'users'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('wallet_address', 42).nullable().unique()
      // Set when an account is erased and its wallet forgotten: a later account of the same wallet is
      // known by it.
      table.string('wallet_hash', 64).nullable().index()
      table.string('name', 64).nullable()
      table.string('language', 8).nullable()
      table.string('time_zone', 64).nullable()
      table.bigInteger('last_login_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
