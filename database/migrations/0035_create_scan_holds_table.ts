import { BaseSchema } from '@adonisjs/lucid/schema'

/** Reorgs and audits that would take back too many facts: an operator decides whether they go on. */
export default class extends BaseSchema {
  protected tableName = 'scan_holds'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      // `reorg` or `audit`.
      table.string('kind', 16).notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      // How many facts would be taken back, and of how many.
      table.integer('facts').notNullable()
      table.integer('covered').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('seen_at').notNullable()
      table.bigInteger('accepted_at').nullable()
      table.bigInteger('ended_at').nullable()
      table.index(['chain_id', 'kind', 'from_block'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
