import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Each comparison of what an account has at two heights with the records between them. Sums are
 * decimal text in sun, as JSON by resource.
 */
export default class extends BaseSchema {
  protected tableName = 'tron_account_checks'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('address', 34).notNullable()
      table.bigInteger('from_block').notNullable()
      table.bigInteger('to_block').notNullable()
      // `agrees`, `differs` or `unknown`.
      table.string('verdict', 7).notNullable()
      // A code that says why it is unknown, and what else there is to say.
      table.string('reason', 32).nullable()
      table.text('detail').nullable()
      // What the account had at the end, what it should have had, and by how much they differ.
      table.text('state').notNullable()
      table.text('expected').nullable()
      table.text('difference').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['chain_id', 'address', 'id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
