import { BaseSchema } from '@adonisjs/lucid/schema'

/** The latest state of each position. Sizes are as the venue counts them. */
export default class extends BaseSchema {
  protected tableName = 'positions'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('pos_id', 32).notNullable()
      table.string('status', 8).notNullable()
      table.string('inst_type', 16).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('mgn_mode', 16).nullable()
      table.string('pos_side', 8).nullable()
      table.text('pos').notNullable()
      table.text('avail_pos').nullable()
      table.text('avg_px').nullable()
      table.text('base_sz').nullable()
      table.string('ccy', 32).nullable()
      table.text('lever').nullable()
      table.text('liq_px').nullable()
      table.text('margin').nullable()
      table.text('realized_pnl').nullable()
      table.bigInteger('opened_at').nullable()
      table.bigInteger('closed_at').nullable()
      table.bigInteger('venue_updated_at').notNullable()
      table.text('raw').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['account_id', 'pos_id'], { indexName: 'positions_key' })
      table.index(['owner_id', 'id'], 'positions_owner')
    })
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
