import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What Telegram told a bot and what asks for an answer, each update once. Words are kept of commands
 * alone.
 */
export default class extends BaseSchema {
  protected tableName = 'telegram_updates'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('bot_id').notNullable()
      table.bigInteger('update_id').notNullable()
      table.bigInteger('chat_id').notNullable()
      table.text('content').notNullable()
      table.bigInteger('received_at').notNullable()
      table.bigInteger('handled_at').nullable()
      table.unique(['bot_id', 'update_id'])
      table.index('received_at')
    })

    this.schema.raw(
      `create index telegram_updates_unhandled on telegram_updates (bot_id, id)
       where handled_at is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
