import { BaseSchema } from '@adonisjs/lucid/schema'

/** A plan has an alert before its end and one after it: both are its owner's business. */
export default class extends BaseSchema {
  async up() {
    this.#indexes(`(owner_id, ends_at, kind)`, `kind not in ('plan.ending', 'plan.ended')`)
  }

  async down() {
    this.schema.raw(`delete from push_alerts where kind = 'plan.ended'`)
    this.#indexes(`(owner_id, ends_at)`, `kind <> 'plan.ending'`)
  }

  #indexes(plan: string, isForOperator: string) {
    for (const statement of [
      'drop index push_alerts_plan',
      'drop index push_alerts_open',
      `create unique index push_alerts_plan on push_alerts ${plan} where ends_at is not null`,
      `create index push_alerts_open on push_alerts (id) where acknowledged_at is null and ${isForOperator}`,
    ]) {
      this.schema.raw(statement)
    }
  }
}
