import { isDatabaseFault } from '#foundation/db/database_fault'
import { isMissingTables } from '#foundation/db/missing_tables'

/**
 * Says whether an error means that the database cannot be asked for now: it is away, overloaded, or
 * has no tables yet. The same request may work in a few seconds, and nobody has made a mistake.
 */
export function isDatabaseAway(error: unknown): error is Error {
  return isDatabaseFault(error) || isMissingTables(error)
}
