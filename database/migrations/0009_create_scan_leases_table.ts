import { BaseSchema } from '@adonisjs/lucid/schema'

/** Which process works, until when, and with which fencing number. */
export default class extends BaseSchema {
  protected tableName = 'scan_leases'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('name', 64).primary()
      table.string('owner', 96).nullable()
      table.bigInteger('lease_until').notNullable()
      table.integer('fence').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
