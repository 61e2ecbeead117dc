import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * First tries, retries and what is replayed are claimed apart, each in the order in which they are
 * due: a backlog of retries must not have to be read to find what is new. A job is in one of the
 * three indexes. Jobs of a plan that goes first have a priority above 0 and wait with all others.
 */
const WAITING = {
  first: 'priority >= 0 and attempts = 0',
  retry: 'priority >= 0 and attempts > 0',
  replay: 'priority < 0',
}

/**
 * For searching: indexes of what did not arrive, which cost a delivery that succeeds nothing. Every
 * update of any job evaluates the condition, and as a list it would cost more than a microsecond.
 */
const UNSENT = `status <> 'sent' and status <> 'sending' and status <> 'pending'`

/**
 * Jobs on channels where one message tells of many events: by their message, those of a message that
 * have not ended (a killed process leaves some), and those that expired before any message counted
 * them. Jobs of webhooks have no message and are in none of the first two.
 */
const OF_MESSAGES = {
  message: '(message_id) where message_id is not null',
  open_message: `(message_id)
    where message_id is not null and status in ('pending', 'held', 'sending')`,
  uncounted: `(channel, target_id) where status = 'expired' and message_id is null`,
}

export default class extends BaseSchema {
  protected tableName = 'notification_jobs'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.string('channel', 16).notNullable()
      table.bigInteger('target_id').notNullable()
      table.bigInteger('user_id').nullable()
      table.string('fact_type', 24).notNullable()
      table.bigInteger('fact_id').notNullable()
      table.string('event_type', 32).notNullable()
      table.string('event_id', 40).notNullable()
      table.string('token_address', 42).nullable()
      table.bigInteger('message_id').nullable()
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

    for (const [name, condition] of Object.entries(WAITING)) {
      this.schema.raw(
        `create index notification_jobs_${name} on notification_jobs (channel, target_id, next_attempt_at, id)
         where status = 'pending' and ${condition}`
      )
    }
    this.schema.raw(
      `create index notification_jobs_leased on notification_jobs (lease_until) where status = 'sending'`
    )
    this.schema.raw('create index notification_jobs_target on notification_jobs (target_id, id)')
    this.schema.raw(
      `create index notification_jobs_unsent on notification_jobs (status, id) where ${UNSENT}`
    )
    this.schema.raw(
      `create index notification_jobs_unsent_target on notification_jobs (target_id, status, id) where ${UNSENT}`
    )
    for (const [name, columns] of Object.entries(OF_MESSAGES)) {
      this.schema.raw(`create index notification_jobs_${name} on notification_jobs ${columns}`)
    }
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
