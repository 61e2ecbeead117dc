import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A trial's push is reserved for a launch when its jobs are planned, and used once a receiver has
 * accepted one of them: the column is null from then on, as it is for all that were used before.
 * Whose endpoints a push went to is found by their owner.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('trial_pushes', (table) => {
      table.bigInteger('pending_launch_id').nullable()
    })
    this.schema.raw(
      `create index trial_pushes_reserved on trial_pushes (pending_launch_id)
       where pending_launch_id is not null`
    )
    this.schema.raw(
      `create index webhook_endpoints_owner on webhook_endpoints (owner_id)
       where owner_id is not null`
    )
  }

  async down() {
    this.schema.raw('drop index webhook_endpoints_owner')
    this.schema.raw('drop index trial_pushes_reserved')
    this.schema.alterTable('trial_pushes', (table) => {
      table.dropColumn('pending_launch_id')
    })
  }
}
