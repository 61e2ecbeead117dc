import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whether a user is told over the chat of payments that arrived and of a plan that ends. */
export default class extends BaseSchema {
  protected tableName = 'chat_preferences'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.boolean('tells_account').notNullable().defaultTo(true)
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('tells_account')
    })
  }
}
