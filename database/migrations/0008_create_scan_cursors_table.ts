import { BaseSchema } from '@adonisjs/lucid/schema'

/** How far each scanner, backfill and audit has read. */
export default class extends BaseSchema {
  protected tableName = 'scan_cursors'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('name', 64).primary()
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('block_number').notNullable()
      table.string('block_hash', 66).nullable()
      table.bigInteger('head_block').nullable()
      // How old the head was when it was read, in milliseconds: an endpoint may follow the chain too
      // slowly. Below zero for a time to come; null where the reader does not tell.
      table.bigInteger('head_late_ms').nullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
