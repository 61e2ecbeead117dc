import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('webhook_endpoints', (table) => {
      table.bigIncrements('id')
      table.bigInteger('owner_id').nullable()
      table.string('origin', 16).notNullable().defaultTo('table')
      table.text('url').notNullable()
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

    this.schema.createTable('notification_jobs', (table) => {
      table.bigIncrements('id')
      table.string('channel', 16).notNullable()
      table.bigInteger('target_id').notNullable()
      table.bigInteger('user_id').nullable()
      table.string('fact_type', 24).notNullable()
      table.bigInteger('fact_id').notNullable()
      table.string('event_type', 32).notNullable()
      table.string('event_id', 40).notNullable()
      table.string('token_address', 42).nullable()
      table.integer('priority').notNullable().defaultTo(0)
      table.string('status', 12).notNullable().defaultTo('pending')
      table.integer('attempts').notNullable().defaultTo(0)
      table.bigInteger('next_attempt_at').notNullable()
      table.bigInteger('expires_at').nullable()
      table.string('lease_owner', 64).nullable()
      table.bigInteger('lease_until').nullable()
      table.integer('fence').notNullable().defaultTo(0)
      table.bigInteger('sent_at').nullable()
      table.string('reason', 24).nullable()
      table.text('detail').nullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['fact_type', 'fact_id', 'channel', 'target_id'])
    })
    this.schema.raw(
      `create index notification_jobs_due on notification_jobs (channel, target_id, next_attempt_at, id) where status = 'pending'`
    )
    this.schema.raw(
      `create index notification_jobs_leased on notification_jobs (lease_until) where status = 'sending'`
    )

    this.schema.createTable('delivery_attempts', (table) => {
      table.bigIncrements('id')
      table.bigInteger('job_id').notNullable().index()
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
    this.schema.dropTable('delivery_attempts')
    this.schema.dropTable('notification_jobs')
    this.schema.dropTable('webhook_endpoints')
  }
}
