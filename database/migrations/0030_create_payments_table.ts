import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/**
 * What came in. A payment is a fact: it goes out as `payment.credited` once it has an owner. The key
 * prevents crediting the same wei twice.
 */
export default class extends BaseSchema {
  protected tableName = 'payments'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('address_id').notNullable().references('deposit_addresses.id')
      table.string('address', 42).notNullable()
      table.bigInteger('owner_id').nullable().references('users.id')
      table.bigInteger('quote_id').nullable().references('payment_quotes.id')
      table.text('amount').notNullable()
      table.string('sender', 42).nullable()
      table.string('tx_hash', 66).nullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      table.integer('position').notNullable()
      table.text('balance_before').notNullable()
      table.text('balance_after').notNullable()
      table.string('plan', 16).nullable()
      table.bigInteger('entitled_until').nullable()
      table.bigInteger('event_time').notNullable()
      outboxColumns(table)
      table.unique(['address_id', 'to_block', 'position'], { indexName: 'payments_key' })
      table.index(['owner_id', 'id'])
    })

    this.schema.raw('create index payments_outbox on payments (id) where planned_at is null')
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
