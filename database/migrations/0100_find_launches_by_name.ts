import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What visitors look for among launches, which are kept for ever: how a symbol or a name begins, and
 * curves that are nearly full. PostgreSQL compares texts by their bytes only where it is told to, as
 * SQLite always does; it refuses long keys, and a name may be of any length. An amount is text: 80 % of 1e18 has 18 digits, 100 % has 19.
 */
export default class extends BaseSchema {
  async up() {
    const byBytes = this.db.dialect.name === 'postgres' ? ' collate "C"' : ''
    for (const column of ['symbol', 'name']) {
      this.schema.raw(
        `create index launch_events_${column} on launch_events ((lower(substr(${column}, 1, 40))${byBytes}), id)`
      )
    }
    this.schema.raw(
      `create index pools_nearly_there on pools (token_address)
       where kind = 'curve' and removed_at is null
       and (length(progress) = 19 or (length(progress) = 18 and progress >= '800000000000000000'))`
    )
  }

  async down() {
    for (const name of ['launch_events_symbol', 'launch_events_name', 'pools_nearly_there']) {
      this.schema.raw(`drop index ${name}`)
    }
  }
}
