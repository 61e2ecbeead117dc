import type { Knex } from 'knex'

/**
 * The columns every fact read from a chain has: where it stands on the chain, and how far it
 * has travelled since. Block numbers fit a JavaScript number; times are epoch milliseconds.
 */
export function chainFactColumns(table: Knex.CreateTableBuilder) {
  table.bigIncrements('id')
  table.string('source', 32).notNullable()
  table.integer('chain_id').notNullable()
  table.integer('log_index').notNullable()
  table.bigInteger('block_number').notNullable()
  table.string('block_hash', 66).notNullable()
  table.bigInteger('event_time').notNullable()
}

/** Where a fact is on its way to the receivers; null `planned_at` means it is still in the outbox. */
export function outboxColumns(table: Knex.CreateTableBuilder) {
  table.bigInteger('created_at').notNullable()
  table.bigInteger('planned_at').nullable()
  table.boolean('webhook_sent').notNullable().defaultTo(false)
  table.bigInteger('removed_at').nullable()
}

/**
 * Indexes of a fact table. The key holds among facts that stand: one orphaned by a reorg stays
 * as history and makes room for the same transaction mined again.
 */
export function factIndexes(table: string, key: string[]): string[] {
  return [
    `create unique index ${table}_key on ${table} (${key.join(', ')}) where removed_at is null`,
    `create index ${table}_outbox on ${table} (id) where planned_at is null`,
    `create index ${table}_token on ${table} (token_address, id)`,
  ]
}

/** For reorgs and audits, which go by block. A key that begins with the block needs none. */
export function blockIndex(table: string): string {
  return `create index ${table}_block on ${table} (chain_id, block_number)`
}
