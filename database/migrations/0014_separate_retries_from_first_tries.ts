import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * First tries and retries are claimed apart, each in the order in which they are due: a backlog of
 * retries must not have to be read to find what is new. A job is in one of the two indexes.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop index notification_jobs_due')
    this.schema.raw(
      `create index notification_jobs_first on notification_jobs (channel, target_id, next_attempt_at, id) where status = 'pending' and attempts = 0`
    )
    this.schema.raw(
      `create index notification_jobs_retry on notification_jobs (channel, target_id, next_attempt_at, id) where status = 'pending' and attempts > 0`
    )
  }

  async down() {
    this.schema.raw('drop index notification_jobs_retry')
    this.schema.raw('drop index notification_jobs_first')
    this.schema.raw(
      `create index notification_jobs_due on notification_jobs (channel, target_id, next_attempt_at, id) where status = 'pending'`
    )
  }
}
