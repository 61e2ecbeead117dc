import { BaseSchema } from '@adonisjs/lucid/schema'

/** Messages that wallets are asked to sign, each good for one login. */
export default class extends BaseSchema {
  protected tableName = 'login_nonces'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('nonce', 64).primary()
      table.string('wallet_address', 42).notNullable().index()
      table.text('message').notNullable()
      table.bigInteger('expires_at').notNullable().index()
      table.bigInteger('consumed_at').nullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
