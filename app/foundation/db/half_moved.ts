import db from '@adonisjs/lucid/services/db'
import { OperatorError } from '#foundation/errors'

/**
 * Refuses a database that a move has filled in part: what is missing would be read again, and told to
 * receivers as new.
 *
 * @throws OperatorError
 */
export async function refuseHalfMoved() {
  const unfinished = await db
    .from('database_moves')
    .whereNull('ended_at')
    .first()
    // A database that cannot be asked fails at the next statement, with its reason.
    .catch(() => null)
  if (unfinished) {
    throw new OperatorError(
      'A move to this database has not ended: run node ace move:database again, or name another database'
    )
  }
}
