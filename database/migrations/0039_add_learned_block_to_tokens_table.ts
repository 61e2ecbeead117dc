import { BaseSchema } from '@adonisjs/lucid/schema'

/** The newest block that told anything of a token, so that a reorg can take it back. */
export default class extends BaseSchema {
  protected tableName = 'tokens'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('learned_block').notNullable().defaultTo(0)
      table.index(['chain_id', 'learned_block'])
    })
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.dropIndex(['chain_id', 'learned_block'])
    })
    this.schema.raw('alter table tokens drop column learned_block')
  }
}
