import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = ['launch_events', 'pools', 'trades']

/** A block may leave the chain and come back: the planner looks for earlier lives of its facts. */
export default class extends BaseSchema {
  async up() {
    for (const table of TABLES) {
      this.schema.raw(
        `create index ${table}_removed on ${table} (block_hash, log_index) where removed_at is not null`
      )
    }
  }

  async down() {
    for (const table of TABLES) {
      this.schema.raw(`drop index ${table}_removed`)
    }
  }
}
