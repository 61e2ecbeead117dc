import { BaseSchema } from '@adonisjs/lucid/schema'

/** Prices that were asked for, and what came in for them. */
export default class extends BaseSchema {
  protected tableName = 'payment_quotes'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('plan', 16).notNullable()
      table.string('state', 16).notNullable()
      table.text('price').notNullable()
      // What was promised with the price: how long the plan lasts, and the rate at which a part of it
      // counts.
      table.bigInteger('length_ms').nullable()
      table.text('base_price').nullable()
      table.bigInteger('base_length_ms').nullable()
      table.text('received').notNullable()
      table.text('spent').notNullable()
      table.bigInteger('granted_ms').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.bigInteger('created_at').notNullable()
    })

    this.schema.raw(
      `create unique index payment_quotes_open on payment_quotes (user_id) where state = 'open'`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
