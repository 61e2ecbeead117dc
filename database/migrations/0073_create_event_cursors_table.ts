import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How far the events of an account have been read, by kind: the key is like `okx:7:fills`. What the
 * original specification keeps of a block is null for a venue, which has none.
 */
export default class extends BaseSchema {
  protected tableName = 'event_cursors'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('cursor_key', 128).primary()
      table.bigInteger('account_id').nullable().references('okx_accounts.id').onDelete('CASCADE')
      table.string('event_type', 32).notNullable()
      // The newest number that was read (an order, a bill), and its time in epoch milliseconds.
      table.string('position', 64).nullable()
      table.bigInteger('position_time').nullable()
      table.bigInteger('block_number').nullable()
      table.string('transaction_hash', 66).nullable()
      table.integer('log_index').nullable()
      // Whether everything up to the position is stored; false while a recovery is under way.
      table.boolean('processed').notNullable().defaultTo(false)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
