import { BaseSchema } from '@adonisjs/lucid/schema'

/** Accounts of TRON whose records are stored, each for a user or, without an owner, for the operator. */
export default class extends BaseSchema {
  protected tableName = 'tron_accounts'

  async up() {
    this.schema.createTable(this.tableName, (table) => {
      table.bigIncrements('id')
      table.bigInteger('chain_id').notNullable()
      table.string('address', 34).notNullable()
      table.bigInteger('owner_id').nullable().references('users.id').onDelete('CASCADE')
      table.string('label', 64).nullable()
      // What the operator calls the pool elsewhere.
      table.string('pool_account_id', 64).nullable()
      // Records are stored from this block on; null before the first block was read.
      table.bigInteger('watch_from').nullable()
      table.bigInteger('created_at').notNullable()
      table.index(['owner_id', 'id'])
    })

    this.schema.raw(
      'create unique index tron_accounts_key on tron_accounts (chain_id, address, coalesce(owner_id, 0))'
    )
    this.schema.raw(
      'create unique index tron_accounts_pool on tron_accounts (chain_id, pool_account_id)'
    )
  }

  async down() {
    this.schema.dropTable(this.tableName)
  }
}
