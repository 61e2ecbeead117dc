import { BaseSchema } from '@adonisjs/lucid/schema'

/** Hashes of recent blocks, by which a reorg is noticed. */
export default class extends BaseSchema {
  protected tableName = 'scan_blocks'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('chain_id').notNullable()
      table.bigInteger('number').notNullable()
      table.string('hash', 66).notNullable()
      table.primary(['chain_id', 'number'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
