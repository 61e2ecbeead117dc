import { BaseSchema } from '@adonisjs/lucid/schema'

/** In which format an endpoint gets events, and where a group robot is: its URL holds its key. */
export default class extends BaseSchema {
  protected tableName = 'webhook_endpoints'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.string('format', 16).notNullable().defaultTo('json')
      table.text('robot').nullable()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('format')
      table.dropColumn('robot')
    })
  }
}
