import { BaseSchema } from '@adonisjs/lucid/schema'

/** Since when nothing stands behind what the RPC endpoints of a process show. */
export default class extends BaseSchema {
  protected tableName = 'process_heartbeats'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('unproven_since').nullable()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('unproven_since')
    })
  }
}
