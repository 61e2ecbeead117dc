import { BaseSchema } from '@adonisjs/lucid/schema'

/** Evidence that could not be had in time and is still owed. */
export default class extends BaseSchema {
  protected tableName = 'pending_evidence'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('evidence_uid', 26).notNullable().unique()
      table.bigInteger('order_id').notNullable().references('orders.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('job_uid', 26).notNullable()
      table.string('reason', 32).notNullable()
      // The job that tries again in the background; null when there is none any more.
      table.string('followed_by', 26).nullable()
      table.bigInteger('created_at').notNullable()
      // When the evidence came after all.
      table.bigInteger('completed_at').nullable()
      table.index(['order_id', 'id'])
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
