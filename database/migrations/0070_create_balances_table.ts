import { BaseSchema } from '@adonisjs/lucid/schema'
import { okxFactColumns, outboxColumns } from '#database/fact_columns'

/** The latest balance of each currency, and each change of one as a fact. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('balances', (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('ccy', 32).notNullable()
      table.text('cash_bal').notNullable()
      table.text('eq').nullable()
      table.text('avail_bal').nullable()
      table.text('frozen_bal').nullable()
      table.text('liab').nullable()
      table.bigInteger('venue_updated_at').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['account_id', 'ccy'], { indexName: 'balances_key' })
      table.index(['owner_id', 'id'], 'balances_owner')
    })

    this.schema.createTable('balance_events', (table) => {
      table.bigIncrements('id')
      okxFactColumns(table)
      table.string('ccy', 32).notNullable()
      table.text('cash_bal').notNullable()
      table.text('previous_cash_bal').nullable()
      table.string('cause', 32).nullable()
      table.string('content_hash', 64).notNullable()
      outboxColumns(table)
      table.unique(['account_id', 'ccy', 'content_hash'], { indexName: 'balance_events_key' })
      table.index(['owner_id', 'id'], 'balance_events_owner')
    })

    this.schema.raw(
      'create index balance_events_outbox on balance_events (id) where planned_at is null'
    )
  }

  async down() {
    this.schema.dropTable('balance_events')
    this.schema.dropTable('balances')
  }
}
