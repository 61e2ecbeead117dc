import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every change of an order and of its verification. The events of an order are a chain: each holds the
 * hash of the one before, so that none can be changed or left out later without being seen.
 */
export default class extends BaseSchema {
  protected tableName = 'audit_events'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('order_id').notNullable().references('orders.id').onDelete('CASCADE')
      // Its place in the chain of the order, from 1 on.
      table.integer('position').notNullable()
      table.string('actor', 16).notNullable()
      table.string('action', 32).notNullable()
      // Canonical JSON (RFC 8785), as it goes into the hash.
      table.text('before').nullable()
      table.text('after').nullable()
      table.bigInteger('created_at').notNullable()
      table.string('prev_hash', 64).notNullable()
      table.string('hash', 64).notNullable()
      table.unique(['order_id', 'position'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
