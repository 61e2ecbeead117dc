import { BaseSchema } from '@adonisjs/lucid/schema'

/** How old the head was when it was read: an endpoint may go on with the chain too slowly. */
export default class extends BaseSchema {
  protected tableName = 'scan_cursors'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      // Milliseconds, below zero for a time to come. Null where the reader does not tell.
      table.bigInteger('head_late_ms').nullable()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('head_late_ms')
    })
  }
}
