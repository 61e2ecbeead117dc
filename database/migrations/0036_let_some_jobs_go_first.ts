import { BaseSchema } from '@adonisjs/lucid/schema'

const WAITING = 'notification_jobs (channel, target_id, next_attempt_at, id)'

/** Jobs of a plan that goes first have a priority above 0, and wait where all others wait. */
export default class extends BaseSchema {
  async up() {
    this.#indexWaiting('priority >= 0')
  }

  async down() {
    this.#indexWaiting('priority = 0')
  }

  #indexWaiting(priority: string) {
    for (const [name, attempts] of [
      ['first', 'attempts = 0'],
      ['retry', 'attempts > 0'],
    ]) {
      this.schema.raw(`drop index notification_jobs_${name}`)
      this.schema.raw(
        `create index notification_jobs_${name} on ${WAITING} where status = 'pending' and ${priority} and ${attempts}`
      )
    }
  }
}
