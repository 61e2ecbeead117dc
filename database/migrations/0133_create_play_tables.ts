import { BaseSchema } from '@adonisjs/lucid/schema'

/** Receivers of our own, at which users try their endpoints, and what was posted there in the last hour. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('play_receivers', (table) => {
      table.string('id', 32).primary()
      table.integer('owner_id').notNullable().references('users.id').index()
      table.integer('answer_status').notNullable()
      table.bigInteger('created_at').notNullable()
    })
    this.schema.createTable('play_requests', (table) => {
      table.bigIncrements('id')
      table.string('receiver_id', 32).notNullable().index()
      table.text('headers').notNullable()
      table.text('body').notNullable()
      table.integer('answer_status').notNullable()
      table.bigInteger('received_at').notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable('play_requests')
    this.schema.dropTable('play_receivers')
  }
}
