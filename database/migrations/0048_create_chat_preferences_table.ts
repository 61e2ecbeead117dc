import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What a user wants to be told in chats, and when: one row for each user, for every chat. `switches`
 * holds what differs from what a new account begins with; quiet hours are minutes of the user's day.
 */
export default class extends BaseSchema {
  protected tableName = 'chat_preferences'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.text('switches').notNullable().defaultTo('{}')
      table.boolean('tells_nearly').notNullable().defaultTo(false)
      // Payments that arrived, and a plan that ends.
      table.boolean('tells_account').notNullable().defaultTo(true)
      table.boolean('has_links').notNullable().defaultTo(true)
      table.boolean('keeps_alive').notNullable().defaultTo(true)
      table.integer('quiet_from').nullable()
      table.integer('quiet_until').nullable()
      table.bigInteger('muted_until').nullable()
      // For users who want each fact told once in all: the ways out, in the order they are tried.
      table.text('fallback_order').notNullable().defaultTo('[]')
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['user_id'], { indexName: 'chat_preferences_user' })
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
