import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Rows per INSERT: well below the limits on bound values of both databases. */
const ROWS_PER_INSERT = 500

/** Inserts the rows that are not there yet and answers how many were new. */
export async function insertNew(
  trx: TransactionClientContract,
  table: string,
  rows: object[]
): Promise<number> {
  let inserted = 0
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const added = await trx.knexClient
      .table(table)
      .insert(rows.slice(start, start + ROWS_PER_INSERT))
      .onConflict()
      .ignore()
      .returning('id')
    inserted += added.length
  }
  return inserted
}
