import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Orders at a venue: what users announced, and what the venue said last. Those that were seen without
 * an announcement are here as well. Sizes, prices, fees are decimal text as the venue writes them.
 */
export default class extends BaseSchema {
  protected tableName = 'orders'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
      table.bigInteger('owner_id').nullable()
      // What the venue and its user call the order; an announced one has no number of the venue yet.
      table.string('ord_id', 32).nullable()
      table.string('cl_ord_id', 64).nullable()

      // How far the order is for us (app/orders), and why it failed.
      table.string('status', 12).notNullable()
      table.string('reason', 32).nullable()
      table.text('detail').nullable()
      // Canceled after a part of it was filled.
      table.boolean('partial').notNullable().defaultTo(false)
      table.string('confirmation_status', 16).nullable()
      table.string('verification_status', 16).nullable()
      table.string('announced_by', 8).nullable()
      table.bigInteger('announced_at').nullable()
      table.bigInteger('confirmed_at').nullable()
      table.bigInteger('ended_at').nullable()
      table.bigInteger('deadline').nullable()

      // What the venue said last. A state that we do not know is kept as it is.
      table.string('venue_state', 32).nullable()
      table.string('inst_type', 16).nullable()
      table.string('inst_id', 64).notNullable()
      table.string('side', 8).nullable()
      table.string('pos_side', 8).nullable()
      table.string('td_mode', 16).nullable()
      table.string('ord_type', 32).nullable()
      table.string('tgt_ccy', 16).nullable()
      table.text('px').nullable()
      table.text('sz').nullable()
      table.text('acc_fill_sz').nullable()
      table.text('avg_px').nullable()
      table.text('fee').nullable()
      table.string('fee_ccy', 32).nullable()
      table.text('pnl').nullable()
      table.text('lever').nullable()
      table.boolean('reduce_only').notNullable().defaultTo(false)
      table.string('category', 32).nullable()
      table.string('cancel_source', 16).nullable()
      table.string('algo_id', 32).nullable()
      table.bigInteger('fill_time').nullable()
      table.bigInteger('venue_created_at').nullable()
      table.bigInteger('venue_updated_at').nullable()
      // Where that was read: a push, recovery over REST, an audit.
      table.string('origin', 8).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()

      table.unique(['account_id', 'ord_id'], { indexName: 'orders_key' })
      table.index(['owner_id', 'id'], 'orders_owner')
      table.index(['account_id', 'cl_ord_id'], 'orders_client')
    })

    this.schema.raw(
      'create unique index orders_announced on orders (account_id, cl_ord_id) where ord_id is null'
    )
    this.schema.raw(
      `create index orders_open on orders (account_id, id) where venue_state in ('live', 'partially_filled')`
    )
    this.schema.raw(
      `create index orders_status on orders (status, deadline) where status in ('pending', 'confirmed', 'filled')`
    )
    // Orders of which the venue says something else than where they stand.
    this.schema.raw(
      `create index orders_unreviewed on orders (id) where (
        (status = 'pending' and venue_state is not null)
        or (status = 'confirmed' and venue_state in ('filled', 'canceled', 'mmp_canceled', 'rejected', 'gone'))
        or (status = 'failed' and reason = 'confirmation_timeout' and venue_state is not null)
        or (status = 'failed' and reason = 'gone' and venue_state <> 'gone'))`
    )
    this.schema.raw('create index orders_owner_status on orders (owner_id, status, id)')
    this.schema.raw(
      `create index orders_unverified on orders (id) where status = 'filled' and verification_status is null`
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
