import { BaseSchema } from '@adonisjs/lucid/schema'
import {
  blockIndex,
  chainFactColumns,
  factIndexes,
  leaveRoom,
  outboxColumns,
} from '#database/fact_columns'

export default class extends BaseSchema {
  protected tableName = 'launch_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      chainFactColumns(table)
      table.string('kind', 16).notNullable()
      table.string('token_address', 42).notNullable()
      table.text('symbol').nullable()
      table.text('name').nullable()
      table.string('creator', 42).nullable()
      table.string('quote_address', 42).nullable()
      table.string('quote_amount', 78).nullable()
      table.string('base_amount', 78).nullable()
      table.string('pool_id', 66).nullable()
      table.text('metadata_uri').nullable()
      table.string('launch_tx', 66).notNullable()
      table.text('raw').notNullable()
      outboxColumns(table)
    })

    for (const index of factIndexes(this.tableName, ['chain_id', 'launch_tx', 'log_index'])) {
      this.schema.raw(index)
    }
    this.schema.raw(blockIndex(this.tableName))
    // Filters of lists that match few rows: without an index each would read the whole table.
    this.schema.raw('create index launch_events_source on launch_events (source, kind, id)')
    this.schema.raw('create index launch_events_creator on launch_events (creator, id)')
    this.schema.raw('create index launch_events_pool_id on launch_events (pool_id, id)')
    // The scanner asks for these every few seconds, in a table that is kept for ever.
    this.schema.raw(
      `create index launch_events_without_pool on launch_events (chain_id, kind, created_at)
       where pool_id is null`
    )
    // How a symbol or a name begins, which is what visitors type. PostgreSQL compares texts by their
    // bytes only where it is told to, as SQLite always does. It refuses long keys, so a key has the
    // first 40 characters.
    const byBytes = this.db.dialect.name === 'postgres' ? ' collate "C"' : ''
    for (const column of ['symbol', 'name']) {
      this.schema.raw(
        `create index launch_events_${column} on launch_events ((lower(substr(${column}, 1, 40))${byBytes}), id)`
      )
    }
    // What was removed leaves the figures of the market again.
    this.schema.raw(
      `create index launch_events_removed_at on launch_events (removed_at) where removed_at is not null`
    )
    leaveRoom(this, this.tableName, 50)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
