import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a process uses, so that any web process can tell of all. */
export default class extends BaseSchema {
  protected tableName = 'process_heartbeats'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.text('figures').notNullable().defaultTo('{}')
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('figures')
    })
  }
}
