import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the feed is sorted by; a row without the figure is not in its order. SQLite takes no index of what is not null where nothing may be. */
const EVERYWHERE = {
  created_time: 'created_time > 0',
  cap: 'cap is not null',
  liquidity: 'liquidity is not null',
}
const WINDOWS = ['5m', '1h', '24h']

/**
 * Figures of each token, kept so that the feed can be sorted and filtered by them. Figures of a window are
 * of few tokens at a time: their indexes hold these alone. They are for comparing, so they are numbers,
 * those of money in BNB; amounts to show stand beside them as text.
 */
export default class extends BaseSchema {
  protected tableName = 'token_markets'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('token_address', 42).notNullable()
      table.bigInteger('launch_id').notNullable()
      table.string('source', 32).notNullable()
      table.string('stage', 9).notNullable()
      table.bigInteger('created_time').notNullable()
      table.string('quote', 8).nullable()
      table.string('price', 78).nullable()
      table.string('price_quote', 42).nullable()
      for (const figure of ['cap', 'liquidity', 'progress']) table.double(figure).nullable()
      for (const window of WINDOWS) {
        table.bigInteger(`buys_${window}`).notNullable()
        table.bigInteger(`sells_${window}`).notNullable()
        table.double(`volume_${window}`).nullable()
      }
      table.bigInteger('due_at').nullable()
    })
    this.schema.raw(
      'create unique index token_markets_key on token_markets (token_address, chain_id)'
    )
    this.schema.raw(
      'create index token_markets_due on token_markets (due_at) where due_at is not null'
    )
    for (const [column, holds] of Object.entries(EVERYWHERE)) {
      const order = `token_markets (${column}, id) where ${holds}`
      this.schema.raw(`create index token_markets_${column} on ${order}`)
      this.schema.raw(
        `create index token_markets_${column}_graduated on ${order} and stage = 'graduated'`
      )
    }
    this.schema.raw(
      `create index token_markets_progress on token_markets (progress, id)
       where progress is not null and stage = 'created'`
    )
    for (const figure of ['buys', 'sells', 'volume'].flatMap((name) =>
      WINDOWS.map((window) => `${name}_${window}`)
    )) {
      this.schema.raw(
        `create index token_markets_${figure} on token_markets (${figure}, id) where ${figure} > 0`
      )
    }
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
