import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Chats in which users are told of events: their own with the bot, and groups. One that ended keeps
 * its row, which `/start` brings back; of those in use there is one for each chat.
 */
export default class extends BaseSchema {
  protected tableName = 'telegram_chats'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.bigInteger('chat_id').notNullable()
      table.string('kind', 12).notNullable()
      // A group's own, for its owner to tell it from others.
      table.text('title').nullable()
      // The person in Telegram who bound it, and whose commands count in a group.
      table.bigInteger('bound_by').notNullable()
      table.string('status', 12).notNullable().defaultTo('active')
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.bigInteger('bound_at').notNullable()
      table.bigInteger('ended_at').nullable()

      // Telegram has asked to be left alone until then.
      table.bigInteger('paused_until').notNullable().defaultTo(0)
      // Launches that made no message of their own are counted from here on.
      table.bigInteger('summary_after_id').notNullable().defaultTo(0)
      table.bigInteger('failing_since').nullable()
      // When plain words were last answered with a hint.
      table.bigInteger('hinted_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['user_id', 'id'])
    })

    this.schema.raw(
      `create unique index telegram_chats_one_chat on telegram_chats (chat_id)
       where status = 'active'`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
