import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What was read of pools that are not stored, because the block that made them has not been read yet:
 * it is in a gap, or a backfill will come to it. A pool takes it over when it is stored. Block 0
 * stands for all blocks that no reorg can undo; the others have a row each.
 */
export default class extends BaseSchema {
  protected tableName = 'early_pool_states'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('source', 32).notNullable()
      table.string('pool_id', 66).notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('quote_address', 42).nullable()
      table.string('price', 78).nullable()
      table.string('base_reserve', 78).nullable()
      table.string('quote_reserve', 78).nullable()
      table.string('raise_target', 78).nullable()
      table.string('progress', 78).nullable()
      table.bigInteger('price_at').nullable()
      table.bigInteger('reserves_at').nullable()
      table.bigInteger('progress_at').nullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['chain_id', 'source', 'pool_id', 'block_number'])
      table.index(['chain_id', 'block_number'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
