import { BaseSchema } from '@adonisjs/lucid/schema'

/** What operators did, on a page or by a command: who, what, when, and what came of it. */
export default class extends BaseSchema {
  protected tableName = 'operator_actions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      // The wallet that was logged in, or the user of the machine: root@host.
      table.string('actor', 128).notNullable()
      table.string('via', 8).notNullable()
      table.string('action', 48).notNullable()
      table.string('subject', 256).nullable()
      table.string('outcome', 8).notNullable()
      table.text('detail').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['action', 'id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
