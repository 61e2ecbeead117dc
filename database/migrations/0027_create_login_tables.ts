import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What a wallet is asked to sign, each good for one login, and what its owner wants to be told of:
 * a row of `subscriptions` is a switch that is on.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('login_nonces', (table) => {
      table.string('nonce', 64).primary()
      table.string('wallet_address', 42).notNullable().index()
      table.text('message').notNullable()
      table.bigInteger('expires_at').notNullable().index()
      table.bigInteger('consumed_at').nullable()
      table.bigInteger('created_at').notNullable()
    })

    this.schema.createTable('subscriptions', (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('source', 16).notNullable()
      table.string('kind', 16).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['user_id', 'source', 'kind'])
    })
  }

  async down() {
    this.schema.dropTable('subscriptions')
    this.schema.dropTable('login_nonces')
  }
}
