import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The latest of each algo order: one that waits for a price or another condition, and places orders of
 * its own then. What was said of it is in `order_events`, as `algo`.
 */
export default class extends BaseSchema {
  protected tableName = 'algo_orders'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      table.string('algo_id', 32).notNullable()
      table.string('ord_id', 32).nullable()
      table.string('state', 32).notNullable()
      table.string('inst_id', 64).notNullable()
      table.string('ord_type', 32).notNullable()
      table.string('side', 8).nullable()
      table.text('px').nullable()
      table.text('sz').nullable()
      table.text('trigger_px').nullable()
      table.text('tp_trigger_px').nullable()
      table.text('sl_trigger_px').nullable()
      table.bigInteger('venue_created_at').notNullable()
      table.bigInteger('venue_updated_at').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['account_id', 'algo_id'], { indexName: 'algo_orders_key' })
      table.index(['owner_id', 'id'], 'algo_orders_owner')
    })

    this.schema.raw(
      `create index algo_orders_waiting on algo_orders (account_id, id) where state in ('live', 'pause', 'partially_effective')`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
