import { BaseSchema } from '@adonisjs/lucid/schema'

/** Orders that are to be verified, or were: an order has one job at a time that is not over. */
export default class extends BaseSchema {
  protected tableName = 'verification_jobs'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('job_uid', 26).notNullable().unique()
      table.bigInteger('order_id').notNullable().references('orders.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('priority', 6).notNullable()
      table.string('state', 12).notNullable()
      table.string('requested_by', 16).notNullable()
      // How many jobs before it for the same order timed out; null in `follows` for the first.
      table.integer('generation').notNullable().defaultTo(0)
      table.string('follows', 26).nullable()

      table.integer('attempts').notNullable().defaultTo(0)
      // When it may be tried, until when the attempt under way may take, and who makes it.
      table.bigInteger('due_at').notNullable()
      table.bigInteger('deadline').nullable()
      table.string('lease_owner', 64).nullable()
      table.integer('fence').notNullable().defaultTo(0)

      table.string('error_code', 32).nullable()
      table.text('detail').nullable()
      // The fields in which what was found and what was recorded differ, as JSON.
      table.text('differences').nullable()
      table.string('evidence_uid', 26).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('started_at').nullable()
      table.bigInteger('ended_at').nullable()
      table.index(['order_id', 'id'])
      table.index(['owner_id', 'id'])
      table.index(['ended_at'])
    })

    const name = this.tableName
    this.schema.raw(
      `create unique index ${name}_open on ${name} (order_id) where state in ('pending', 'in_progress')`
    )
    this.schema.raw(
      `create index ${name}_due on ${name} (priority, due_at, id) where state = 'pending'`
    )
    this.schema.raw(
      `create index ${name}_working on ${name} (deadline) where state = 'in_progress'`
    )
    this.schema.raw(`create index ${name}_failed on ${name} (id) where state = 'failed'`)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
