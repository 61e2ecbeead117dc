import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import { execute, rowsOf } from '#foundation/db/statement'

/** When statistics are first checked after the start, and how often then, in milliseconds. */
const FIRST_AFTER_MS = 60_000
const EVERY_MS = 6 * 3_600_000

/** The pause between two indexes, in which other connections can write, in milliseconds. */
const BREATH_MS = 100

/** Rows of an index that are looked at closely: enough to choose between indexes. */
const ANALYZED_ROWS = 400

/** Asks SQLite which tables have grown so that they should be looked at, without doing it. */
const ASK_ABOUT_ALL = 'pragma optimize = 0x10003'

/**
 * Brings the statistics up to date by which SQLite chooses between indexes: of the tables that have
 * become ten times as long since, an index at a time. Each takes 0.1 s for a million rows, in which
 * no other connection can write. Does nothing in a process that has not opened the database, and on
 * PostgreSQL, which does it by itself.
 */
export async function optimizeDatabase(clock: Clock) {
  if (!db.manager.isConnected(db.primaryConnectionName)) {
    return
  }
  const client = db.connection()
  if (client.dialect.name === 'postgres') {
    return
  }
  await rowsOf(client, `pragma analysis_limit = ${ANALYZED_ROWS}`, [])
  for (const { optimize: statement } of await rowsOf<{ optimize: string }>(
    client,
    ASK_ABOUT_ALL,
    []
  )) {
    for (const part of await partsOf(client, statement)) {
      await execute(client, part, [])
      await clock.sleep(BREATH_MS)
    }
  }
}

/** Index by index what SQLite would do of a table at once. */
async function partsOf(client: QueryClientContract, statement: string): Promise<string[]> {
  const table = /^ANALYZE "main"\."(.+)"$/.exec(statement)?.[1]
  const indexes = await rowsOf<{ name: string }>(client, `pragma index_list("${table}")`, [])
  return indexes.length > 0 ? indexes.map(({ name }) => `analyze main."${name}"`) : [statement]
}

/** For a process that goes on: optimizes now and then, and once more when `signal` has aborted. */
export async function keepOptimized(clock: Clock, signal: AbortSignal) {
  await every(EVERY_MS, () => tryToOptimize(clock), {
    clock,
    signal,
    firstAfterMs: FIRST_AFTER_MS,
  })
  await tryToOptimize(clock)
}

/** While another process locks the database, the old statistics are good enough. */
async function tryToOptimize(clock: Clock) {
  await optimizeDatabase(clock).catch(() => {})
}

/**
 * For a process that writes much: SQLite keeps in memory, and not in a file, what it may have to put
 * back when a statement fails. It keeps so many KiB of pages, where that is given, instead of those of
 * the configuration. PostgreSQL has its own.
 */
export async function keepInMemory({ pagesKib }: { pagesKib?: number } = {}) {
  const client = db.connection()
  if (client.dialect.name === 'postgres') {
    return
  }
  await client.rawQuery('pragma temp_store = memory')
  if (pagesKib !== undefined) {
    await client.rawQuery(`pragma cache_size = -${pagesKib}`)
  }
}
