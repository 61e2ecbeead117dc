import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/** Each unfreeze that became ready while it was watched, as a fact that is pushed once. */
export default class extends BaseSchema {
  protected tableName = 'unfreeze_ready_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('owner_address', 34).notNullable()
      table.string('resource_type', 10).notNullable()
      table.string('amount', 20).notNullable()
      table.bigInteger('available_time').notNullable()
      table.string('unfreeze_tx_hash', 64).notNullable()
      table.integer('contract_index').notNullable()
      table.bigInteger('chain_id').notNullable()
      // Where the unfreeze stands: a reorg that takes it back takes this back.
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 64).notNullable()
      table.bigInteger('event_time').notNullable()
      outboxColumns(table)
    })

    const name = this.tableName
    const key = 'unfreeze_tx_hash, contract_index, resource_type, chain_id'
    this.schema.raw(`create unique index ${name}_key on ${name} (${key}) where removed_at is null`)
    this.schema.raw(`create index ${name}_outbox on ${name} (id) where planned_at is null`)
    this.schema.raw(`create index ${name}_block on ${name} (chain_id, block_number)`)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
