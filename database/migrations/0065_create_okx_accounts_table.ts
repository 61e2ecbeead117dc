import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Accounts at OKX whose private events are stored, each for a user or, without an owner, for the
 * operator. One that was removed keeps its row without its keys: what happened on it names it.
 */
export default class extends BaseSchema {
  protected tableName = 'okx_accounts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('owner_id').nullable().references('users.id').onDelete('CASCADE')
      table.string('label', 64).notNullable()
      table.string('region', 8).notNullable()
      table.string('environment', 4).notNullable()
      // What OKX calls the account; null before it has answered for the first time.
      table.string('uid', 32).nullable()
      table.text('api_key').nullable()
      table.text('secret_key').nullable()
      table.text('passphrase').nullable()
      table.string('permissions', 64).nullable()
      // 1 spot, 2 futures, 3 multi-currency margin, 4 portfolio margin; net_mode or long_short_mode.
      table.string('account_level', 4).nullable()
      table.string('position_mode', 16).nullable()
      table.string('status', 8).notNullable().defaultTo('active')

      // What its connection does, written by the process that has it.
      table.string('connection', 12).notNullable().defaultTo('idle')
      table.string('reason', 32).nullable()
      table.text('detail').nullable()
      // OKX's clock minus ours, in milliseconds.
      table.bigInteger('clock_offset').nullable()
      table.bigInteger('live_since').nullable()
      table.bigInteger('last_push_at').nullable()
      table.bigInteger('recovered_at').nullable()
      table.integer('reconnects').notNullable().defaultTo(0)
      table.integer('handovers').notNullable().defaultTo(0)
      // Times that OKX cut us off for silence or for reading too slowly.
      table.integer('own_faults').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.bigInteger('removed_at').nullable()
    })

    const name = this.tableName
    this.schema.raw(
      `create unique index ${name}_label on ${name} (coalesce(owner_id, 0), label) where removed_at is null`
    )
    // One key sees one account: a second row for it would store everything twice.
    this.schema.raw(
      `create unique index ${name}_uid on ${name} (environment, uid) where removed_at is null`
    )
    this.schema.raw(`create index ${name}_owner on ${name} (owner_id, id)`)
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
