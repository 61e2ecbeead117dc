import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Which log each part of a pool's state is from, as a place on the chain: block number × 1,000,000 +
 * log index. A log states some parts only, so one place for all of them would let an older log that
 * is read late be lost, or win.
 */
export default class extends BaseSchema {
  protected tableName = 'pools'

  async up() {
    this.schema.alterTable(this.tableName, (table) => {
      for (const part of ['price_at', 'reserves_at', 'progress_at']) {
        table.bigInteger(part).nullable()
      }
    })
    const place = 'state_block * 1000000 + state_log_index'
    this.schema.raw(`update pools set price_at = ${place} where price is not null`)
    this.schema.raw(`update pools set reserves_at = ${place} where quote_reserve is not null`)
    this.schema.raw(`update pools set progress_at = ${place} where progress is not null`)
    // Not by the builder, which makes the whole table of SQLite anew, without its partial indexes.
    this.schema.raw('alter table pools drop column state_block')
    this.schema.raw('alter table pools drop column state_log_index')
  }

  async down() {
    this.schema.alterTable(this.tableName, (table) => {
      table.bigInteger('state_block').notNullable().defaultTo(0)
      table.integer('state_log_index').notNullable().defaultTo(0)
    })
    for (const part of ['price_at', 'reserves_at', 'progress_at']) {
      this.schema.raw(`alter table pools drop column ${part}`)
    }
  }
}
