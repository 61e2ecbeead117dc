import { BaseSchema } from '@adonisjs/lucid/schema'

/** Receivers of our own, at which users try their endpoints. */
export default class extends BaseSchema {
  protected tableName = 'play_receivers'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.string('id', 32).primary()
      table.integer('owner_id').notNullable().references('users.id').index()
      table.integer('answer_status').notNullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
