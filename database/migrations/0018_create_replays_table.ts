import { BaseSchema } from '@adonisjs/lucid/schema'

const WAITING = 'notification_jobs (channel, target_id, next_attempt_at, id)'
const UNSENT = `status in ('failed', 'expired', 'held', 'skipped')`

/**
 * What is sent again waits apart from what is new and from retries, so the indexes of waiting jobs
 * become three. The others are for searching: `notification_jobs_unsent…` hold only what did not
 * arrive, and cost a delivery that succeeds nothing.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('replays', (table) => {
      table.bigIncrements('id')
      table.bigInteger('endpoint_id').notNullable().index()
      table.string('kind', 16).notNullable()
      table.bigInteger('since').notNullable()
      table.bigInteger('until').notNullable()
      table.text('event_types').nullable()
      table.integer('rate_per_second').nullable()
      table.integer('event_limit').nullable()
      table.boolean('again').notNullable()
      table.string('state', 12).notNullable()
      table.text('position').notNullable()
      table.bigInteger('reached_at').nullable()
      table.integer('added').notNullable().defaultTo(0)
      table.integer('revived').notNullable().defaultTo(0)
      table.bigInteger('next_step_at').notNullable()
      table.string('idempotency_key', 255).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('ended_at').nullable()
      table.unique(['endpoint_id', 'idempotency_key'])
    })
    this.schema.raw(`create index replays_due on replays (next_step_at) where state = 'running'`)

    this.schema.raw('drop index notification_jobs_first')
    this.schema.raw('drop index notification_jobs_retry')
    this.schema.raw(
      `create index notification_jobs_first on ${WAITING} where status = 'pending' and priority = 0 and attempts = 0`
    )
    this.schema.raw(
      `create index notification_jobs_retry on ${WAITING} where status = 'pending' and priority = 0 and attempts > 0`
    )
    this.schema.raw(
      `create index notification_jobs_replay on ${WAITING} where status = 'pending' and priority < 0`
    )

    this.schema.raw('create index notification_jobs_target on notification_jobs (target_id, id)')
    this.schema.raw(
      `create index notification_jobs_unsent on notification_jobs (status, id) where ${UNSENT}`
    )
    this.schema.raw(
      `create index notification_jobs_unsent_target on notification_jobs (target_id, status, id) where ${UNSENT}`
    )
  }

  async down() {
    for (const index of ['unsent_target', 'unsent', 'target', 'replay', 'retry', 'first']) {
      this.schema.raw(`drop index notification_jobs_${index}`)
    }
    this.schema.raw(
      `create index notification_jobs_first on ${WAITING} where status = 'pending' and attempts = 0`
    )
    this.schema.raw(
      `create index notification_jobs_retry on ${WAITING} where status = 'pending' and attempts > 0`
    )
    this.schema.dropTable('replays')
  }
}
