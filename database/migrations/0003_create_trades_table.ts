import { BaseSchema } from '@adonisjs/lucid/schema'
import { chainFactColumns, factIndexes, leaveRoom, outboxColumns } from '#database/fact_columns'

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
    // A token's trades are counted in its index alone: with `removed_at` in it no trade is read. It is
    // written once, so it costs a trade a byte. A pool has one token, so it needs no index of its own.
    const key = ['chain_id', 'block_number', 'log_index']
    for (const index of factIndexes(this.tableName, key, ['removed_at'])) {
      this.schema.raw(index)
    }
    this.schema.raw('create index trades_trader on trades (trader, id)')
    // What was removed leaves the figures of the market again.
    this.schema.raw(
      `create index trades_removed_at on trades (removed_at) where removed_at is not null`
    )
    // By far the most rows: they keep the room that they need when they come a few at a time.
    leaveRoom(this, this.tableName, 85)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
