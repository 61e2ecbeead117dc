import { BaseSchema } from '@adonisjs/lucid/schema'

/** A pool has one token, and trades have an index of theirs: one less to write for each trade. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop index trades_pool_id')
  }

  async down() {
    this.schema.raw('create index trades_pool_id on trades (pool_id, id)')
  }
}
