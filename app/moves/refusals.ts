import { isRefusedRow } from '#foundation/db/database_fault'
import { OperatorError } from '#foundation/errors'
import type { DatabaseName, MovedTable } from '#moves/database_side'
import type { PlainRow } from '#moves/plain_values'

/**
 * What the target says to rows that it does not take, with the keys of the first and the last of them. Any
 * other error stays as it is.
 */
export function refusedRows(
  side: DatabaseName,
  { name, key }: MovedTable,
  keys: readonly PlainRow[],
  error: unknown
): unknown {
  if (!isRefusedRow(error)) return error
  const which = keys.map((values) => values.join(', ')).join(' to ')
  return new OperatorError(
    `${side} refuses a row of ${name} (${key.join(', ')} ${which}): ${(error as Error).message}. ` +
      'Put it right in the source, then run this again',
    { cause: error }
  )
}

export function anotherMove(): OperatorError {
  return new OperatorError(
    'Another move writes to the target: it has gone on meanwhile. Let one of them end'
  )
}
