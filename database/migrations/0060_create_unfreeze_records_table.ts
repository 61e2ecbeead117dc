import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What became of each unfreeze: `waiting`, `ready`, `withdrawn` or `cancelled`. It follows from the
 * stake records of its owner and from time, and is reckoned anew when those change.
 */
export default class extends BaseSchema {
  protected tableName = 'unfreeze_records'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('owner_address', 34).notNullable()
      table.string('resource_type', 10).notNullable()
      table.string('amount', 20).notNullable()
      table.string('unfreeze_tx_hash', 64).notNullable()
      table.integer('contract_index').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 64).notNullable()
      table.integer('tx_index').notNullable()
      table.bigInteger('unfreeze_time').notNullable()
      table.bigInteger('available_time').notNullable()
      table.string('status', 9).notNullable()
      // The transaction that took it out or froze it again.
      table.string('closed_tx_hash', 64).nullable()
      table.bigInteger('closed_block').nullable()
      table.bigInteger('closed_time').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['unfreeze_tx_hash', 'contract_index', 'resource_type', 'chain_id'], {
        indexName: 'unfreeze_records_key',
      })
    })

    this.schema.raw(
      `create index unfreeze_records_owner on unfreeze_records
       (owner_address, available_time, chain_id, resource_type, status)`
    )
    // Those of an account that may still be closed, or were closed lately.
    this.schema.raw(
      'create index unfreeze_records_open on unfreeze_records (owner_address, closed_block)'
    )
    this.schema.raw(
      `create index unfreeze_records_closed_tx on unfreeze_records (closed_tx_hash)
       where closed_tx_hash is not null`
    )
    // Asked with every block: which of them are ready now.
    this.schema.raw(
      `create index unfreeze_records_waiting on unfreeze_records (chain_id, available_time)
       where status = 'waiting'`
    )
    this.schema.raw(
      'create index unfreeze_records_block on unfreeze_records (chain_id, block_number)'
    )
    this.schema.raw(
      `create index unfreeze_records_closed on unfreeze_records (chain_id, closed_block)
       where closed_block is not null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
