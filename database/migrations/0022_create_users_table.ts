import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Who has an account. One without a wallet is the operator's own, for programs. A new
 * `session_version` signs out everywhere.
 */
export default class extends BaseSchema {
  protected tableName = 'users'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('wallet_address', 42).nullable().unique()
      table.string('name', 64).nullable()
      table.string('language', 8).nullable()
      table.string('time_zone', 64).nullable()
      table.integer('session_version').notNullable().defaultTo(1)
      table.bigInteger('last_login_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
