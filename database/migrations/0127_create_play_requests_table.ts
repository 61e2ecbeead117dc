import { BaseSchema } from '@adonisjs/lucid/schema'

/** What was posted to play receivers in the last hour. */
export default class extends BaseSchema {
  protected tableName = 'play_requests'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('receiver_id', 32).notNullable().index()
      table.text('headers').notNullable()
      table.text('body').notNullable()
      table.integer('answer_status').notNullable()
      table.bigInteger('received_at').notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
