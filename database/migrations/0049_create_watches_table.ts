import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Addresses of creators and tokens, and words of names, whose launches a user is told of, whatever the
 * switches say.
 */
export default class extends BaseSchema {
  protected tableName = 'watches'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('subject', 42).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['user_id', 'subject'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
