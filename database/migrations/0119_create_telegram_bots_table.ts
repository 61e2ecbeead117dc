import { BaseSchema } from '@adonisjs/lucid/schema'

/** The bots of Telegram that were polled, by their ids, and how far their updates have been stored. */
export default class extends BaseSchema {
  protected tableName = 'telegram_bots'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('id').primary()
      table.string('username', 64).notNullable()
      // The first update that is not stored yet: asking from there tells Telegram that the others are.
      table.bigInteger('next_update_id').notNullable().defaultTo(0)
      table.bigInteger('polled_at').nullable()
      // Why polling fails, as a code; null: it does not.
      table.string('trouble', 24).nullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
