import { BaseSchema } from '@adonisjs/lucid/schema'

/** Who has which plan until when. */
export default class extends BaseSchema {
  protected tableName = 'entitlements'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigInteger('user_id').primary().references('users.id')
      table.string('plan', 16).nullable()
      table.bigInteger('ends_at').notNullable().index()
      table.bigInteger('trial_started_at').nullable()
      table.text('credit').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
