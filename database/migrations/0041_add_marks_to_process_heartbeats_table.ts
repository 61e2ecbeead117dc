import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the RPC endpoints of a process were caught at, and how many of them may be believed. */
export default class extends BaseSchema {
  protected tableName = 'process_heartbeats'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.text('endpoint_marks').notNullable().defaultTo('[]')
      table.integer('trusted_endpoints').nullable()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('endpoint_marks')
      table.dropColumn('trusted_endpoints')
    })
  }
}
