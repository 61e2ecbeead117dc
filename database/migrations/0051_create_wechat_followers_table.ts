import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * People who write to the official account: whose account they have proven to be, and the latest
 * message with what was answered, because WeChat delivers a message up to three times.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_followers'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('open_id', 64).primary()
      table.bigInteger('user_id').nullable().unique().references('users.id')
      table.string('message_key', 128).nullable()
      table.text('answer').nullable()
      table.bigInteger('hinted_at').nullable()
      table.bigInteger('bound_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
