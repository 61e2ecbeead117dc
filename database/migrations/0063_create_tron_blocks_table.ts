import { BaseSchema } from '@adonisjs/lucid/schema'

/** Blocks of TRON that were read lately: what stands behind each, and how late it was. */
export default class extends BaseSchema {
  protected tableName = 'tron_blocks'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('number').notNullable()
      table.string('hash', 64).notNullable()
      table.string('parent_hash', 64).notNullable()
      table.bigInteger('block_time').notNullable()
      table.string('witness', 34).notNullable()
      table.integer('tx_count').notNullable()
      // Stake transactions of all accounts, by kind, as JSON.
      table.text('counts').notNullable()
      table.string('proof_state', 6).notNullable()
      table.bigInteger('stored_at').notNullable()
      table.primary(['chain_id', 'number'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
