import { BaseSchema } from '@adonisjs/lucid/schema'
import {
  blockIndex,
  chainFactColumns,
  factIndexes,
  leaveRoom,
  outboxColumns,
} from '#database/fact_columns'

export default class extends BaseSchema {
  protected tableName = 'pools'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      chainFactColumns(table)
      table.string('kind', 16).notNullable()
      table.string('pool_id', 66).notNullable()
      table.string('creator', 42).nullable()
      table.string('token_address', 42).notNullable()
      table.string('quote_address', 42).nullable()
      table.string('price', 78).nullable()
      table.string('base_reserve', 78).nullable()
      table.string('quote_reserve', 78).nullable()
      table.string('raise_target', 78).nullable()
      table.string('progress', 78).nullable()
      // Which log each part of the state is from: block number × 1,000,000 + log index. A log states
      // some parts only. With one place for all, an older log that is read late would be lost, or win.
      for (const part of ['price_at', 'reserves_at', 'progress_at']) {
        table.bigInteger(part).nullable()
      }
      table.string('tx_hash', 66).notNullable()
      outboxColumns(table)
    })

    for (const index of factIndexes(this.tableName, ['chain_id', 'source', 'pool_id'])) {
      this.schema.raw(index)
    }
    this.schema.raw(blockIndex(this.tableName))
    this.schema.raw('create index pools_creator on pools (creator, id)')
    this.schema.raw('create index pools_pool_id on pools (pool_id, id)')
    // Curves that are nearly full. An amount is text: 80 % of 1e18 has 18 digits, 100 % has 19.
    this.schema.raw(
      `create index pools_nearly_there on pools (token_address)
       where kind = 'curve' and removed_at is null
       and (length(progress) = 19 or (length(progress) = 18 and progress >= '800000000000000000'))`
    )
    leaveRoom(this, this.tableName, 50)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
