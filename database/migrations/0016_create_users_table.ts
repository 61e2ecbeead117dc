import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Who has an account, and the tokens with which programs speak for it. An account without a wallet
 * is the operator's own, for programs. A new `session_version` signs out everywhere.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('users', (table) => {
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

    // The columns are those that @adonisjs/auth writes, with its own times.
    this.schema.createTable('access_tokens', (table) => {
      table.bigIncrements('id')
      table.bigInteger('tokenable_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('type').notNullable()
      table.string('name').nullable()
      table.string('hash').notNullable()
      table.text('abilities').notNullable()
      table.timestamp('created_at')
      table.timestamp('updated_at')
      table.timestamp('last_used_at').nullable()
      table.timestamp('expires_at').nullable()
      table.index('tokenable_id')
    })
  }

  async down() {
    this.schema.dropTable('access_tokens')
    this.schema.dropTable('users')
  }
}
