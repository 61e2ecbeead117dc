import { BaseSchema } from '@adonisjs/lucid/schema'

/** Blocks that no RPC endpoint could give, with the reason as a code and what the endpoint said. */
export default class extends BaseSchema {
  protected tableName = 'scan_gaps'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      table.string('reason', 24).notNullable()
      table.text('detail').nullable()
      table.integer('tries').notNullable().defaultTo(0)
      // How often these blocks could not be read, by any scanner or backfill.
      table.integer('times_found').notNullable().defaultTo(1)
      table.bigInteger('next_try_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('closed_at').nullable()
      table.unique(['chain_id', 'from_block', 'to_block'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
