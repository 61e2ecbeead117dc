import { BaseSchema } from '@adonisjs/lucid/schema'
import { leaveRoom, outboxColumns, tronFactColumns, tronFactIndexes } from '#database/fact_columns'

/** Stake of one account that works for another, from a time on or no more. Amounts are stake in sun. */
export default class extends BaseSchema {
  protected tableName = 'delegate_records'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('operation_type', 10).notNullable()
      table.string('owner_address', 34).notNullable()
      table.string('receiver_address', 34).notNullable()
      table.string('resource_type', 10).notNullable()
      table.string('amount', 20).notNullable()
      table.bigInteger('lock_blocks').nullable()
      table.bigInteger('locked_until').nullable()
      tronFactColumns(table)
      outboxColumns(table)
    })

    const key = ['tx_hash', 'contract_index', 'operation_type', 'resource_type', 'chain_id']
    const addresses = ['owner_address', 'receiver_address']
    for (const index of tronFactIndexes(this.tableName, key, addresses)) {
      this.schema.raw(index)
    }
    // By far the most rows of TRON, as trades are of the other chain.
    leaveRoom(this, this.tableName, 85)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
