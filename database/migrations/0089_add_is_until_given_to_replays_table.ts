import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whether the end of a replay was asked for; else it was the moment at which it began. */
export default class extends BaseSchema {
  protected tableName = 'replays'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.boolean('is_until_given').notNullable().defaultTo(false)
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('is_until_given')
    })
  }
}
