import type { BaseSchema } from '@adonisjs/lucid/schema'
import type { Knex } from 'knex'

/**
 * The columns every fact read from a chain has: where it stands on the chain, and how far it
 * has travelled since. Block numbers fit a JavaScript number; times are epoch milliseconds.
 */
export function chainFactColumns(table: Knex.CreateTableBuilder) {
  table.bigIncrements('id')
  table.string('source', 32).notNullable()
  table.bigInteger('chain_id').notNullable()
  table.integer('log_index').notNullable()
  table.bigInteger('block_number').notNullable()
  table.string('block_hash', 66).notNullable()
  table.bigInteger('event_time').notNullable()
}

/**
 * What each record of TRON has: who signed it, what stands behind it, and where it stands. Ids are 64
 * hexadecimal digits without `0x`, addresses base58.
 */
export function tronFactColumns(table: Knex.CreateTableBuilder) {
  table.string('status', 11).notNullable()
  table.string('proof_state', 6).notNullable()
  table.integer('permission_id').notNullable()
  // Addresses, separated by commas. As a rule there is one.
  table.text('signers').notNullable()
  table.string('tx_hash', 64).notNullable()
  table.integer('contract_index').notNullable()
  table.bigInteger('chain_id').notNullable()
  table.bigInteger('block_number').notNullable()
  table.string('block_hash', 64).notNullable()
  table.integer('tx_index').notNullable()
  table.bigInteger('event_time').notNullable()
}

/**
 * Indexes of a table of TRON records. Newest first of an address is what people ask for; reorgs go by
 * block. The key begins with the transaction, by which records are looked up as well.
 *
 * @param addresses the columns by which records are found
 */
export function tronFactIndexes(table: string, key: string[], addresses: string[]): string[] {
  return [
    `create unique index ${table}_key on ${table} (${key.join(', ')}) where removed_at is null`,
    `create index ${table}_outbox on ${table} (id) where planned_at is null`,
    `create index ${table}_removed on ${table} (block_hash) where removed_at is not null`,
    `create index ${table}_provisional on ${table} (chain_id, block_number) where status = 'provisional'`,
    blockIndex(table),
    ...addresses.map(
      (column) =>
        // With what records are counted by, so that counting ten thousand reads the index alone.
        `create index ${table}_${column.replace('_address', '')} on ${table}
         (${column}, event_time, removed_at, chain_id, operation_type, resource_type)`
    ),
  ]
}

/**
 * What each fact of OKX has: whose it is, where it was read, and when it happened. The number that OKX
 * gives the account names it alike on every database.
 */
export function okxFactColumns(table: Knex.CreateTableBuilder) {
  table.bigInteger('account_id').notNullable().references('okx_accounts.id').onDelete('CASCADE')
  table.bigInteger('owner_id').nullable()
  table.string('account_uid', 32).notNullable()
  table.string('environment', 4).notNullable()
  table.string('origin', 8).notNullable()
  table.bigInteger('event_time').notNullable()
  table.bigInteger('received_at').notNullable()
}

/** Where a fact is on its way to the receivers; null `planned_at` means it is still in the outbox. */
export function outboxColumns(table: Knex.CreateTableBuilder) {
  table.bigInteger('created_at').notNullable()
  table.bigInteger('planned_at').nullable()
  table.boolean('webhook_sent').notNullable().defaultTo(false)
  table.string('webhook_outcome', 8).nullable()
  table.bigInteger('removed_at').nullable()
}

/**
 * Indexes of a fact table. The key holds among facts that stand: one that a reorg removed stays as
 * history and makes room for the same transaction mined again. A block may also come back, so the
 * planner asks for its facts that were removed before.
 *
 * @param ofToken further columns of the index by which a token's facts are found
 */
export function factIndexes(table: string, key: string[], ofToken: string[] = []): string[] {
  return [
    `create unique index ${table}_key on ${table} (${key.join(', ')}) where removed_at is null`,
    `create index ${table}_outbox on ${table} (id) where planned_at is null`,
    `create index ${table}_token on ${table} (${['token_address', 'id', ...ofToken].join(', ')})`,
    `create index ${table}_removed on ${table} (block_hash, log_index) where removed_at is not null`,
  ]
}

/** For reorgs and audits, which go by block. A key that begins with the block needs none. */
export function blockIndex(table: string): string {
  return `create index ${table}_block on ${table} (chain_id, block_number)`
}

/**
 * Fills the pages of a fact table only so far, in percent. Each fact is changed once more when it has
 * reached everyone. With room on its page PostgreSQL changes it there (a "heap-only tuple"); without,
 * it writes every index of the table anew, which was a third of what it did for a webhook. Half of a
 * page is enough for all facts of it to be marked at once; with 15 % four of five were not. SQLite
 * changes rows in place.
 */
export function leaveRoom({ db, schema }: Migration, table: string, filled: number) {
  if (db.dialect.name === 'postgres') {
    schema.raw(`alter table ${table} set (fillfactor = ${filled})`)
  }
}

type Migration = Pick<BaseSchema, 'db' | 'schema'>
