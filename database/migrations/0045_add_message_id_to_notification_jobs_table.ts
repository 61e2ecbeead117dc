import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The message that tells of the event, on a channel where one message tells of many. The index knows
 * only jobs that have one, so that jobs of webhooks cost no more than before.
 */
export default class extends BaseSchema {
  protected tableName = 'notification_jobs'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('message_id').nullable()
    })
    this.schema.raw(
      `create index notification_jobs_message on notification_jobs (message_id)
       where message_id is not null`
    )
  }

  async down() {
    this.schema.raw('drop index notification_jobs_message')
    this.schema.alterTable(this.tableName, (table) => {
      table.dropColumn('message_id')
    })
  }
}
