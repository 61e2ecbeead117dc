import { BaseSchema } from '@adonisjs/lucid/schema'

/** Signed bodies of the order receiver that say nothing we know, as they came. */
export default class extends BaseSchema {
  protected tableName = 'quarantined_hooks'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('idempotency_key', 255).notNullable()
      table.text('detail').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
