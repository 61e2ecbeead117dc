import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  protected tableName = 'delivery_attempts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('job_id').notNullable().index()
      table.string('channel', 16).notNullable()
      table.bigInteger('target_id').notNullable()
      table.integer('attempt').notNullable()
      table.bigInteger('started_at').notNullable()
      table.integer('duration_ms').notNullable()
      table.string('outcome', 16).notNullable()
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.integer('http_status').nullable()
      table.text('response_head').nullable()
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
