import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { backoff } from '#foundation/backoff'
import { systemClock } from '#foundation/clock'
import { isConflict } from '#foundation/db/database_fault'
import { COMMIT_CHANNEL, ownCommits } from '#foundation/db/commits'

/**
 * How often a transaction is repeated that met another one, how long after its beginning, and the
 * first pause, in milliseconds. SQLite has waited for the lock for longer by the time it is busy.
 */
const REPEATS = { most: 5, withinMs: 3000, firstPauseMs: 10 }

/**
 * Runs `work` in a transaction, and again from its beginning when that conflicts with another one:
 * `work` keeps what it learns to itself, and returns it. That is true only once this has resolved.
 *
 * @throws what `work` throws, or what the database says to a COMMIT that it refuses; nothing is
 * stored then, and the connection is free again
 */
export async function transaction<T>(
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  const { most, withinMs, firstPauseMs } = REPEATS
  const beganAt = systemClock.elapsed()
  for (let repeats = 0; ; repeats++) {
    try {
      return await db.transaction(work)
    } catch (error) {
      const isOver = repeats === most || systemClock.elapsed() - beganAt > withinMs
      if (isOver || !isConflict(error)) throw error
    }
    // At random, or two that met would meet again.
    await systemClock.sleep(Math.random() * backoff({ firstMs: firstPauseMs }, repeats))
  }
}

/**
 * Runs `work` in a transaction that may read and then write. On SQLite it holds the write lock
 * from its first statement on: a transaction that starts by reading fails with SQLITE_BUSY when
 * another process writes in between. The commit wakes those who watch, in every process.
 */
export async function writeTransaction<T>(
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  const result = await transaction(async (trx) => {
    if (trx.dialect.name === 'postgres') {
      const done = await work(trx)
      await trx.rawQuery(`notify ${COMMIT_CHANNEL}`)
      return done
    }

    await trx.rawQuery('update scan_cursors set name = name where 1 = 0')
    return work(trx)
  })
  ownCommits.emit('commit')
  return result
}
