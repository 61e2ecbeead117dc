import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { COMMIT_CHANNEL, ownCommits } from '#foundation/db/commits'

/**
 * Runs `work` in a transaction. What `work` returns is true only once this has resolved.
 *
 * @throws what `work` throws, or what the database says to a COMMIT that it refuses; nothing is
 * stored then, and the connection is free again
 */
export function transaction<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  return db.transaction(work)
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
