import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('scan_cursors', (table) => {
      table.string('name', 64).primary()
      table.integer('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 66).nullable()
      table.bigInteger('head_block').nullable()
      table.bigInteger('updated_at').notNullable()
    })

    this.schema.createTable('quarantined_logs', (table) => {
      table.bigIncrements('id')
      table.string('source', 32).notNullable()
      table.integer('chain_id').notNullable()
      table.string('address', 42).notNullable()
      table.string('tx_hash', 66).notNullable()
      table.integer('log_index').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 66).notNullable()
      table.text('reason').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'block_hash', 'log_index'])
    })
  }

  async down() {
    this.schema.dropTable('quarantined_logs')
    this.schema.dropTable('scan_cursors')
  }
}
