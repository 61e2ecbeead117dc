import { BaseSchema } from '@adonisjs/lucid/schema'

/** Where a user is logged in: what the cookie's key is compared with, so that a session can be ended from elsewhere. */
export default class extends BaseSchema {
  protected tableName = 'user_sessions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table
        .bigInteger('user_id')
        .notNullable()
        .references('id')
        .inTable('users')
        .onDelete('CASCADE')
        .index()
      table.string('key_hash', 64).notNullable().unique()
      /** The browser and the system, as names from a list of ours; null where it names none of them. */
      table.string('browser', 40).nullable()
      table.string('system', 40).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('last_seen_at').notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
