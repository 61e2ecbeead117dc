import { BaseSchema } from '@adonisjs/lucid/schema'

/** Logs that could not be decoded, with what the decoder said. */
export default class extends BaseSchema {
  protected tableName = 'quarantined_logs'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('source', 32).notNullable()
      table.bigInteger('chain_id').notNullable()
      table.string('address', 42).notNullable()
      table.string('tx_hash', 66).notNullable()
      table.integer('log_index').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 66).notNullable()
      table.text('detail').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'block_hash', 'log_index'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
