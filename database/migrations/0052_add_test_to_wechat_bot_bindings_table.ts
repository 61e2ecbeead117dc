import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * When the user last asked for a test message. What came of it is the first test among the messages
 * of the binding that are newer than `test_after_id`.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_bot_bindings'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('test_asked_at').nullable()
      table.bigInteger('test_after_id').notNullable().defaultTo(0)
    })
  }

  async down() {
    for (const column of ['test_asked_at', 'test_after_id']) {
      // Knex would copy the table on SQLite, and others refer to it.
      this.schema.raw(`alter table ${this.tableName} drop column ${column}`)
    }
  }
}
