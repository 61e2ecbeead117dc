import { BaseSchema } from '@adonisjs/lucid/schema'

/** Every update of any job evaluates the condition: as lists the two cost more than a microsecond. */
const BY_COMPARISON = `status <> 'sent' and status <> 'sending' and status <> 'pending'`
const BY_LIST = `status in ('failed', 'expired', 'held', 'skipped')`

export default class extends BaseSchema {
  async up() {
    this.#indexUnsent(BY_COMPARISON)
  }

  async down() {
    this.#indexUnsent(BY_LIST)
  }

  #indexUnsent(condition: string) {
    for (const [name, columns] of [
      ['notification_jobs_unsent', 'status, id'],
      ['notification_jobs_unsent_target', 'target_id, status, id'],
    ]) {
      this.schema.raw(`drop index ${name}`)
      this.schema.raw(`create index ${name} on notification_jobs (${columns}) where ${condition}`)
    }
  }
}
