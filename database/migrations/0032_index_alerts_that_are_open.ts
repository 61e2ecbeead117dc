import { BaseSchema } from '@adonisjs/lucid/schema'

/** Alerts that nobody has acknowledged; that a plan ends is its owner's business. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      `create index push_alerts_open on push_alerts (id) where acknowledged_at is null and kind <> 'plan.ending'`
    )
  }

  async down() {
    this.schema.raw('drop index push_alerts_open')
  }
}
