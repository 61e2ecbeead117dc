import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every push to Telegram, written before its request. Without a result it is not known what became of
 * it. Which events it tells of is said by `notification_jobs.message_id`.
 */
export default class extends BaseSchema {
  protected tableName = 'telegram_messages'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('telegram_chat_id').notNullable().references('telegram_chats.id')
      table.string('kind', 12).notNullable()
      table.integer('events').notNullable().defaultTo(0)
      // Which try at its events this is.
      table.integer('attempt').notNullable().defaultTo(1)
      // Launches that it counts without naming them.
      table.integer('counted').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('answered_at').nullable()
      table.string('result', 12).nullable()
      table.bigInteger('server_message_id').nullable()
      table.text('problem').nullable()
      table.index(['telegram_chat_id', 'id'])
      table.index('created_at')
    })

    this.schema.raw(
      `create index telegram_messages_open on telegram_messages (id) where result is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
