import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What a user wants to be told over a chat app, and when. `switches` holds what differs from what a
 * new account begins with; quiet hours are minutes of the user's day.
 */
export default class extends BaseSchema {
  protected tableName = 'chat_preferences'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('channel', 16).notNullable()
      table.text('switches').notNullable().defaultTo('{}')
      table.boolean('tells_nearly').notNullable().defaultTo(false)
      table.boolean('has_links').notNullable().defaultTo(true)
      table.boolean('keeps_alive').notNullable().defaultTo(true)
      table.integer('quiet_from').nullable()
      table.integer('quiet_until').nullable()
      table.bigInteger('muted_until').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['user_id', 'channel'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
