import { OperatorError } from '#foundation/operator_error'

/** What SQLite and PostgreSQL say before the migrations ran. */
const MISSING_TABLE = /no such table|relation ".+" does not exist/

export function isMissingTables(error: unknown): boolean {
  return error instanceof Error && MISSING_TABLE.test(error.message)
}

/** The error in words for the operator when it is about missing tables, as it is otherwise. */
export function explainMissingTables(error: unknown): unknown {
  return isMissingTables(error)
    ? new OperatorError(
        'The database lacks tables. Make them with: node ace migration:run --force',
        { cause: error }
      )
    : error
}
