import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tells how old a token is, so that those that were never traded can go. */
export default class extends BaseSchema {
  protected tableName = 'tokens'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      // Those that are stored already count from now on.
      table.bigInteger('created_at').notNullable().defaultTo(Date.now())
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('created_at')
    })
  }
}
