import { BaseSchema } from '@adonisjs/lucid/schema'

/** What bought the time of a change, so that it can be reckoned again: wei spent, at which rate. */
export default class extends BaseSchema {
  protected tableName = 'entitlement_changes'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.text('spent').nullable()
      table.text('price').nullable()
      table.bigInteger('length_ms').nullable()
    })
  }

  async down() {
    // Knex would make the table anew, which other tables refer to.
    for (const column of ['spent', 'price', 'length_ms']) {
      this.schema.raw(`alter table ${this.tableName} drop column ${column}`)
    }
  }
}
