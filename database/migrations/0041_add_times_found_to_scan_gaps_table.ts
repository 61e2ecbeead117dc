import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tells how often the same blocks could not be read, by whichever scanner or backfill. */
export default class extends BaseSchema {
  protected tableName = 'scan_gaps'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.integer('times_found').notNullable().defaultTo(1)
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('times_found')
    })
  }
}
