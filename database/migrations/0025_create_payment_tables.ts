import { BaseSchema } from '@adonisjs/lucid/schema'
import { outboxColumns } from '#database/fact_columns'

/**
 * What was asked for a plan, and what came in. A payment is a fact: it goes out as
 * `payment.credited` once it has an owner. The key keeps the same wei from being credited twice.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('payment_quotes', (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('plan', 16).notNullable()
      table.string('state', 16).notNullable()
      table.text('price').notNullable()
      table.text('received').notNullable()
      table.text('spent').notNullable()
      table.bigInteger('granted_ms').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.bigInteger('created_at').notNullable()
    })
    this.schema.raw(
      `create unique index payment_quotes_open on payment_quotes (user_id) where state = 'open'`
    )

    this.schema.createTable('payments', (table) => {
      table.bigIncrements('id')
      table.integer('chain_id').notNullable()
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
    this.schema.dropTable('payments')
    this.schema.dropTable('payment_quotes')
  }
}
