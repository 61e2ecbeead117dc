import { BaseSchema } from '@adonisjs/lucid/schema'
import { chainFactColumns, factIndexes, outboxColumns } from '#database/fact_columns'

export default class extends BaseSchema {
  protected tableName = 'trades'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      chainFactColumns(table)
      table.string('pool_id', 66).notNullable()
      table.string('trader', 42).notNullable()
      table.string('token_address', 42).notNullable()
      table.string('side', 4).notNullable()
      table.string('quote_address', 42).nullable()
      table.string('quote_amount', 78).notNullable()
      table.string('base_amount', 78).notNullable()
      table.string('fee', 78).nullable()
      table.string('price', 78).nullable()
      table.string('tx_hash', 66).notNullable()
      outboxColumns(table)
    })

    // By place, not by transaction hash: hashes are random, and a random key costs half of an insert.
    for (const index of factIndexes(this.tableName, ['chain_id', 'block_number', 'log_index'])) {
      this.schema.raw(index)
    }
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
