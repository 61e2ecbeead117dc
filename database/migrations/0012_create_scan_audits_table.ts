import { BaseSchema } from '@adonisjs/lucid/schema'

/** What each second reading of blocks found. `unchecked` counts blocks that it could not check. */
export default class extends BaseSchema {
  protected tableName = 'scan_audits'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      table.integer('logs_on_chain').notNullable()
      table.integer('missing').notNullable()
      table.integer('phantom').notNullable()
      table.integer('altered').notNullable().defaultTo(0)
      table.integer('repaired').notNullable()
      table.integer('unchecked').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.index(['chain_id', 'to_block'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
