import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a process works on, and whether it gets ahead: one that lives may stand still. */
export default class extends BaseSchema {
  protected tableName = 'process_heartbeats'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.string('works_on', 96).nullable()
      table.bigInteger('steps').notNullable().defaultTo(0)
      table.bigInteger('progress_at').nullable()
      // Since when a round has been under way without getting ahead; null between two rounds.
      table.bigInteger('waiting_since').nullable()
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumns('works_on', 'steps', 'progress_at', 'waiting_since')
    })
  }
}
