import { BaseSchema } from '@adonisjs/lucid/schema'

/** What users want to be told of: a row is a switch that is on. */
export default class extends BaseSchema {
  protected tableName = 'subscriptions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('source', 16).notNullable()
      table.string('kind', 16).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['user_id', 'source', 'kind'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
