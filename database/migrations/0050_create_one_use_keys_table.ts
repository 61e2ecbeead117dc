import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What counts once: links and codes that were given out (with the user they are for), and nonces
 * that were seen. Only their hashes are stored.
 */
export default class extends BaseSchema {
  protected tableName = 'one_use_keys'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('hash', 64).primary()
      table.bigInteger('user_id').nullable().references('users.id').onDelete('CASCADE')
      table.bigInteger('expires_at').notNullable().index()
      table.bigInteger('used_at').nullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
