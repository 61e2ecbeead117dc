import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every bill of an account: in each currency `bal` is that of the bill before plus `bal_chg`, by which
 * a missing one is found. Kept word for word as far as sums go.
 */
export default class extends BaseSchema {
  protected tableName = 'okx_bills'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('bill_id', 32).notNullable()
      table.string('ccy', 32).notNullable()
      table.text('bal').notNullable()
      table.text('bal_chg').notNullable()
      table.text('pos_bal').nullable()
      table.text('pos_bal_chg').nullable()
      table.text('pnl').nullable()
      table.text('fee').nullable()
      table.text('interest').nullable()
      table.string('type', 8).notNullable()
      table.string('sub_type', 8).notNullable()
      table.string('liquidation', 32).nullable()
      table.string('inst_type', 16).nullable()
      table.string('inst_id', 64).nullable()
      table.string('mgn_mode', 16).nullable()
      table.string('ord_id', 32).nullable()
      table.string('trade_id', 32).nullable()
      table.text('sz').nullable()
      table.text('px').nullable()
      table.string('exec_type', 4).nullable()
      table.bigInteger('fill_time').nullable()
      table.bigInteger('ts').notNullable()
      table.string('origin', 8).notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['account_id', 'bill_id'], { indexName: 'okx_bills_key' })
      table.index(['account_id', 'ord_id'], 'okx_bills_order')
    })

    // Numbers of bills have more digits than a JavaScript number, so their order is by length and digits.
    this.schema.raw(
      'create index okx_bills_chain on okx_bills (account_id, ccy, length(bill_id), bill_id)'
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
