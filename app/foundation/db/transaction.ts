import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Runs `work` in a transaction. What `work` returns is true only once this has resolved.
 *
 * @throws what `work` throws, or what the database says to a COMMIT that it refuses; nothing is
 * stored then, and the connection is free again
 */
export function transaction<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  return db.transaction(work)
}
