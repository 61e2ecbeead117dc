import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows, type JsonColumns } from '#foundation/json_rows'

/** A table as the scanner writes it. */
export interface WrittenTable {
  name: string
  columns: JsonColumns
}

/**
 * Inserts the rows that are not there yet, all in one statement, and answers how many were new.
 * A column that a row leaves out is null.
 */
export async function insertNew(
  trx: TransactionClientContract,
  { name, columns }: WrittenTable,
  rows: object[]
): Promise<number> {
  if (rows.length === 0) {
    return 0
  }

  const names = Object.keys(columns).join(', ')
  const result = await trx.rawQuery(
    `insert into ${name} (${names}) select ${names} from ${jsonRows(trx, 'new_rows', columns)}
     where true on conflict do nothing`,
    [jsonOf(columns, rows)]
  )
  return Number(result.changes ?? result.rowCount)
}
