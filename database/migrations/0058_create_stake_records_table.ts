import { BaseSchema } from '@adonisjs/lucid/schema'
import { leaveRoom, outboxColumns, tronFactColumns, tronFactIndexes } from '#database/fact_columns'

/** What accounts of TRON did to their own stake. Amounts are decimal text in sun. */
export default class extends BaseSchema {
  protected tableName = 'stake_records'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('operation_type', 8).notNullable()
      table.string('owner_address', 34).notNullable()
      // Null for a withdraw, which takes what was frozen for any resource.
      table.string('resource_type', 10).nullable()
      table.string('amount', 20).nullable()
      table.bigInteger('available_time').nullable()
      table.string('caused_by', 8).nullable()
      table.string('info_state', 10).notNullable()
      // The time that the network went by: of the block before. It decides what can be withdrawn.
      table.bigInteger('network_time').notNullable()
      tronFactColumns(table)
      outboxColumns(table)
    })

    const key = [
      ...['tx_hash', 'contract_index', 'operation_type'],
      ...["coalesce(resource_type, '')", 'chain_id'],
    ]
    for (const index of tronFactIndexes(this.tableName, key, ['owner_address'])) {
      this.schema.raw(index)
    }
    leaveRoom(this, this.tableName, 50)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
