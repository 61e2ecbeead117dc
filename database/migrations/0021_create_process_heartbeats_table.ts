import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Which long-running processes are at work. Each writes every few seconds that it lives; a process
 * that was told to stop says that it has ended.
 */
export default class extends BaseSchema {
  protected tableName = 'process_heartbeats'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('kind', 32).notNullable()
      table.string('host', 64).notNullable()
      table.integer('pid').notNullable()
      table.string('version', 32).notNullable()
      table.bigInteger('started_at').notNullable()
      table.bigInteger('beat_at').notNullable()
      // When an RPC endpoint last answered it; null for those that ask none.
      table.bigInteger('rpc_silent_since').nullable()
      table.bigInteger('ended_at').nullable()
      table.index(['kind', 'beat_at'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
