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
      // Since when nothing proves what its RPC endpoints show.
      table.bigInteger('unproven_since').nullable()
      // What each endpoint did wrong, and how many of them may be believed.
      table.text('endpoint_marks').notNullable().defaultTo('[]')
      table.integer('trusted_endpoints').nullable()
      // What it works on, and whether it makes progress: a process that lives may stand still.
      table.string('works_on', 96).nullable()
      table.bigInteger('steps').notNullable().defaultTo(0)
      table.bigInteger('progress_at').nullable()
      // Since when a round has been under way without progress; null between two rounds.
      table.bigInteger('waiting_since').nullable()
      // What it uses (memory, event loop), so that any web process can show it for all.
      table.text('figures').notNullable().defaultTo('{}')
      table.bigInteger('ended_at').nullable()
      table.index(['kind', 'beat_at'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
