import { BaseSchema } from '@adonisjs/lucid/schema'

/** How far each source is that is polled over HTTP, and what it may have missed. */
export default class extends BaseSchema {
  protected tableName = 'source_polls'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('name', 32).primary()
      table.bigInteger('from_time').notNullable()
      table.bigInteger('polled_at').nullable()
      table.bigInteger('paused_until').nullable()
      table.integer('possible_losses').notNullable().defaultTo(0)
      table.bigInteger('last_loss_at').nullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
