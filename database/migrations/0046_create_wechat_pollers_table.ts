import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The processes that poll for WeChat messages. Each writes that it lives; while it does, the bindings
 * that name it are its own. So one small write keeps hundreds of leases.
 */
export default class extends BaseSchema {
  protected tableName = 'wechat_pollers'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      // As in leases: where the process runs, its pid and which of its lives.
      table.string('owner', 64).primary()
      table.bigInteger('lease_until').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
