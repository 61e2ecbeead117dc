import { BaseSchema } from '@adonisjs/lucid/schema'

/** Filters of the public lists that match few rows: without an index each would read the whole table. */
const INDEXES = [
  ['launch_events', 'creator'],
  ['launch_events', 'pool_id'],
  ['pools', 'creator'],
  ['pools', 'pool_id'],
  ['trades', 'trader'],
  ['trades', 'pool_id'],
] as const

export default class extends BaseSchema {
  async up() {
    for (const [table, column] of INDEXES) {
      this.schema.raw(`create index ${table}_${column} on ${table} (${column}, id)`)
    }
  }

  async down() {
    for (const [table, column] of INDEXES) {
      this.schema.raw(`drop index ${table}_${column}`)
    }
  }
}
