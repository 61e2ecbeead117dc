import { BaseSchema } from '@adonisjs/lucid/schema'

/** States of pools before recent blocks changed them, so that a reorg can be undone. */
export default class extends BaseSchema {
  protected tableName = 'pool_state_journal'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('pool_row_id').notNullable()
      table.text('state').notNullable()
      table.index(['chain_id', 'block_number'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
