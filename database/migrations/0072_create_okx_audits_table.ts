import { BaseSchema } from '@adonisjs/lucid/schema'

/** What each audit of an account's bills in one currency found. */
export default class extends BaseSchema {
  protected tableName = 'okx_audits'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.string('ccy', 32).notNullable()
      // `strict`, or `report` where the sum of bills is not known to hold.
      table.string('mode', 8).notNullable()
      table.string('verdict', 12).notNullable()
      table.string('from_bill', 32).nullable()
      table.string('to_bill', 32).nullable()
      // Up to here nothing is missing; null while that is known of no bill.
      table.string('complete_bill', 32).nullable()
      table.bigInteger('complete_time').nullable()
      table.integer('bills').notNullable()
      table.integer('executions').notNullable()
      table.integer('holes').notNullable()
      table.integer('repaired').notNullable()
      table.text('detail').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['account_id', 'ccy', 'id'], 'okx_audits_latest')
      table.index(['created_at'], 'okx_audits_age')
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
