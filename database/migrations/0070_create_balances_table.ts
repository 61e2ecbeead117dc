import { BaseSchema } from '@adonisjs/lucid/schema'

/** The latest balance of each currency. */
export default class extends BaseSchema {
  protected tableName = 'balances'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
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
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
