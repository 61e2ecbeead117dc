import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  protected tableName = 'tokens'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('address', 42).notNullable()
      table.string('source', 32).notNullable()
      table.string('quote_address', 42).nullable()
      table.string('raise_target', 78).nullable()
      table.integer('look_ups').notNullable().defaultTo(0)
      table.bigInteger('next_look_up_at').nullable()
      // The newest block that told anything of the token, so that a reorg can take it back.
      table.bigInteger('learned_block').notNullable().defaultTo(0)
      // Tokens that were never traded are removed when they are old.
      table.bigInteger('created_at').notNullable()
      table.unique(['chain_id', 'address'])
      table.index(['chain_id', 'learned_block'])
    })

    this.schema.raw(
      'create index tokens_to_look_up on tokens (next_look_up_at) where next_look_up_at is not null'
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
