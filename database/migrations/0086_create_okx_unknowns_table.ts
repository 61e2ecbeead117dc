import { BaseSchema } from '@adonisjs/lucid/schema'

/** What OKX says that we do not understand, by kind. */
export default class extends BaseSchema {
  protected tableName = 'okx_unknowns'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      // Such as `order state`, and the word that is not known.
      table.string('kind', 32).notNullable()
      table.string('value', 64).notNullable()
      table.integer('times').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('first_seen_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      table.primary(['account_id', 'kind', 'value'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
