import { BaseSchema } from '@adonisjs/lucid/schema'

/** Finds the orders of which the venue says something else than where they stand, those to verify, and those of an owner. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      `create index orders_unreviewed on orders (id) where (
        (status = 'pending' and venue_state is not null)
        or (status = 'confirmed' and venue_state in ('filled', 'canceled', 'mmp_canceled', 'rejected', 'gone'))
        or (status = 'failed' and reason = 'confirmation_timeout' and venue_state is not null)
        or (status = 'failed' and reason = 'gone' and venue_state <> 'gone'))`
    )
    this.schema.raw('create index orders_owner_status on orders (owner_id, status, id)')
    this.schema.raw(
      `create index orders_unverified on orders (id) where status = 'filled' and verification_status is null`
    )
  }

  async down() {
    this.schema.raw('drop index orders_unverified')
    this.schema.raw('drop index orders_owner_status')
    this.schema.raw('drop index orders_unreviewed')
  }
}
