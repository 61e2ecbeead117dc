import { BaseSchema } from '@adonisjs/lucid/schema'

/** The scanner looks for these every few seconds, in a table that is kept for ever. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      `create index launch_events_without_pool on launch_events (chain_id, kind, created_at)
       where pool_id is null`
    )
  }

  async down() {
    this.schema.raw('drop index launch_events_without_pool')
  }
}
