import { BaseSchema } from '@adonisjs/lucid/schema'

/** How far `move:database` has filled each table of this database; empty where it began empty. */
export default class extends BaseSchema {
  protected tableName = 'database_moves'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('table_name', 64).primary()
      table.bigInteger('copied_rows').notNullable().defaultTo(0)
      // The primary key of the last row that was copied, as a list in JSON.
      table.text('position').nullable()
      // When all tables of both databases were found to be equal, in epoch milliseconds.
      table.bigInteger('ended_at').nullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
