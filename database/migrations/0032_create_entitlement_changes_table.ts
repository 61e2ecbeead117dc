import { BaseSchema } from '@adonisjs/lucid/schema'

/** Each change of an entitlement with its cause. */
export default class extends BaseSchema {
  protected tableName = 'entitlement_changes'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id')
      table.string('cause', 16).notNullable()
      table.bigInteger('payment_id').nullable().references('payments.id')
      table.string('plan', 16).nullable()
      table.bigInteger('ends_before').notNullable()
      table.bigInteger('ends_after').notNullable()
      // What bought the time, so that it can be computed again: wei spent, at which rate.
      table.text('spent').nullable()
      table.text('price').nullable()
      table.bigInteger('length_ms').nullable()
      table.text('note').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['user_id', 'id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
