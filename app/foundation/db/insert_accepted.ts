import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isRefusedRow } from '#foundation/db/database_fault'
import { insertRows } from '#foundation/db/insert_rows'
import type { WrittenTable } from '#foundation/db/insert_rows'

/** With more rows of a batch refused than this, the fault is not that of the rows. */
export const MOST_REFUSED = 10

export interface RefusedRow<Row> {
  row: Row
  error: Error
}

/**
 * As `insertRows`, but rows that the database refuses for what they hold keep no other out: they are
 * halved until those are found, which are answered.
 *
 * @throws what the database says, when it refuses too many of them
 */
export async function insertAccepted<Row extends object>(
  trx: TransactionClientContract,
  table: WrittenTable,
  rows: readonly Row[],
  refused: RefusedRow<Row>[] = []
): Promise<{ inserted: number; refused: readonly RefusedRow<Row>[] }> {
  if (rows.length === 0) {
    return { inserted: 0, refused }
  }
  try {
    return { inserted: await inSavepoint(trx, () => insertRows(trx, table, rows)), refused }
  } catch (error) {
    if (!isRefusedRow(error) || refused.length >= MOST_REFUSED) {
      throw error
    }
    if (rows.length === 1) {
      refused.push({ row: rows[0]!, error: error as Error })
      return { inserted: 0, refused }
    }
    const half = Math.ceil(rows.length / 2)
    const first = await insertAccepted(trx, table, rows.slice(0, half), refused)
    const second = await insertAccepted(trx, table, rows.slice(half), refused)
    return { inserted: first.inserted + second.inserted, refused }
  }
}

/** PostgreSQL ends a transaction with its first statement that fails, unless that was inside of one. */
async function inSavepoint<T>(trx: TransactionClientContract, work: () => Promise<T>): Promise<T> {
  await trx.rawQuery('savepoint accepted_rows')
  try {
    return await work()
  } catch (error) {
    await trx.rawQuery('rollback to savepoint accepted_rows')
    throw error
  } finally {
    await trx.rawQuery('release savepoint accepted_rows')
  }
}
