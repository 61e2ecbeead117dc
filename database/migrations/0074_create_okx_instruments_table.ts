import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a contract of each instrument is worth. */
export default class extends BaseSchema {
  protected tableName = 'okx_instruments'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('environment', 4).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('inst_type', 16).notNullable()
      table.string('ct_type', 8).nullable()
      table.text('ct_val').nullable()
      table.text('ct_mult').nullable()
      table.string('ct_val_ccy', 32).nullable()
      table.string('settle_ccy', 32).nullable()
      table.string('base_ccy', 32).nullable()
      table.string('quote_ccy', 32).nullable()
      table.bigInteger('updated_at').notNullable()
      table.primary(['environment', 'inst_id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
