import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** The PostgreSQL channel on which a commit announces itself. */
export const COMMIT_CHANNEL = 'regou_commit'

/**
 * Runs `work` in a transaction that may read and then write. On SQLite it holds the write lock
 * from its first statement on: a transaction that starts by reading fails with SQLITE_BUSY when
 * another process writes in between. On PostgreSQL the commit wakes those who listen.
 */
export function writeTransaction<T>(
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.transaction(async (trx) => {
    if (trx.dialect.name === 'postgres') {
      const result = await work(trx)
      await trx.rawQuery(`notify ${COMMIT_CHANNEL}`)
      return result
    }

    await trx.rawQuery('update scan_cursors set name = name where 1 = 0')
    return work(trx)
  })
}
