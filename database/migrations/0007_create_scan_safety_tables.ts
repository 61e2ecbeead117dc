import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('scan_leases', (table) => {
      table.string('name', 64).primary()
      table.string('owner', 96).nullable()
      table.bigInteger('lease_until').notNullable()
      table.integer('fence').notNullable()
    })

    this.schema.createTable('scan_blocks', (table) => {
      table.integer('chain_id').notNullable()
      table.bigInteger('number').notNullable()
      table.string('hash', 66).notNullable()
      table.primary(['chain_id', 'number'])
    })

    this.schema.createTable('pool_state_journal', (table) => {
      table.bigIncrements('id')
      table.integer('chain_id').notNullable()
      table.bigInteger('block_number').notNullable()
      table.bigInteger('pool_row_id').notNullable()
      table.text('state').notNullable()
      table.index(['chain_id', 'block_number'])
    })

    this.schema.createTable('scan_gaps', (table) => {
      table.bigIncrements('id')
      table.integer('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      table.text('reason').notNullable()
      table.integer('tries').notNullable().defaultTo(0)
      table.bigInteger('next_try_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('closed_at').nullable()
      table.unique(['chain_id', 'from_block', 'to_block'])
    })

    this.schema.createTable('scan_audits', (table) => {
      table.bigIncrements('id')
      table.integer('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      table.integer('logs_on_chain').notNullable()
      table.integer('missing').notNullable()
      table.integer('phantom').notNullable()
      table.integer('repaired').notNullable()
      table.bigInteger('created_at').notNullable()
      table.index(['chain_id', 'to_block'])
    })
  }

  async down() {
    this.schema.dropTable('scan_audits')
    this.schema.dropTable('scan_gaps')
    this.schema.dropTable('pool_state_journal')
    this.schema.dropTable('scan_blocks')
    this.schema.dropTable('scan_leases')
  }
}
