import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  protected tableName = 'webhook_endpoints'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('owner_id').nullable()
      table.string('origin', 16).notNullable().defaultTo('table')
      table.text('url').notNullable()
      // In which format events are sent, and where a group robot is: its URL holds its key.
      table.string('format', 16).notNullable().defaultTo('json')
      table.text('robot').nullable()
      table.text('description').nullable()
      table.text('secrets').notNullable()
      table.text('event_types').notNullable()
      table.string('filter', 2000).nullable()
      table.text('template').nullable()
      table.text('headers').nullable()
      table.string('ordering', 8).notNullable().defaultTo('any')
      table.integer('concurrency').notNullable()
      table.integer('rate_per_second').nullable()
      table.integer('batch_size').notNullable().defaultTo(1)
      table.integer('timeout_ms').notNullable()
      table.text('retry_schedule').nullable()
      table.bigInteger('expiry_ms').nullable()
      table.string('state', 16).notNullable().defaultTo('active')
      // Why it is disabled. When it only failed: the last failure, and since when.
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.bigInteger('failed_since').nullable()
      table.bigInteger('failing_since').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['state'])
    })

    this.schema.raw(
      `create unique index webhook_endpoints_env on webhook_endpoints (url) where origin = 'env'`
    )
    this.schema.raw(
      `create index webhook_endpoints_owner on webhook_endpoints (owner_id)
       where owner_id is not null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
