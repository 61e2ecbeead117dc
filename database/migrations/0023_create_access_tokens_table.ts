import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The tokens with which programs use the API for an account. The columns are those that @adonisjs/auth
 * writes, with its own times.
 */
export default class extends BaseSchema {
  protected tableName = 'access_tokens'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
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
    this.schema.dropTable(this.tableName)
  }
}
