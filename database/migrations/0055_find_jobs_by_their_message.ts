import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Jobs that a message tells of and that have not ended: what a killed process has left is among them.
 * And jobs that ended untold and that no message has counted yet. There are a few of both at any time,
 * beside thousands that wait, were told or were counted.
 */
const INDEXES = {
  notification_jobs_open_message: `(message_id)
    where message_id is not null and status in ('pending', 'held', 'sending')`,
  notification_jobs_uncounted: `(channel, target_id)
    where status = 'expired' and message_id is null`,
}

export default class extends BaseSchema {
  async up() {
    for (const [name, columns] of Object.entries(INDEXES)) {
      this.schema.raw(`create index ${name} on notification_jobs ${columns}`)
    }
  }

  async down() {
    for (const name of Object.keys(INDEXES)) {
      this.schema.raw(`drop index ${name}`)
    }
  }
}
