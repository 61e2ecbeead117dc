import type { Clock } from '#foundation/clock'
import {
  differencesIn,
  ROWS_AT_ONCE,
  sumOf,
  type RowDifference,
  type TableSum,
} from '#moves/compare_tables'
import { keyOf, type CopyState, type DatabaseSide, type MovedTable } from '#moves/database_side'
import { requireEmpty, requireStopped, sharedTables } from '#moves/fitness'
import { OperatorError } from '#foundation/errors'

export interface MoveProgress {
  stage: 'copying' | 'comparing'
  table: string
  done: number
  total: number
}

/** A table at the end: equal where both sums are. */
export interface MovedTableReport {
  table: string
  source: TableSum
  target: TableSum
  differences: RowDifference[]
}

interface MoveOptions {
  clock: Clock
  onProgress?: (progress: MoveProgress) => void
}

/**
 * Copies all that one database holds into the other, a thousand rows at a time, then reads both and compares
 * them. How far it is stands in the target, written with the rows: it may be killed at any moment and goes on
 * from there. One that has ended is only compared again.
 *
 * @throws OperatorError where a process is at work on one of them, the target holds something else, or the
 * tables are not the same
 */
export async function moveDatabase(
  from: DatabaseSide,
  to: DatabaseSide,
  { clock, onProgress = () => {} }: MoveOptions
): Promise<MovedTableReport[]> {
  const tables = await sharedTables(from, to)
  await requireStopped([from, to], clock.now())
  const total = await rowsIn(from, tables)

  if (!(await hasEnded(to, tables))) {
    await copyTables(from, to, tables, (table, done) =>
      onProgress({ stage: 'copying', table, done, total })
    )
  }
  await requireStopped([from, to], clock.now())
  const report = await compareTables(from, to, tables, (table, done) =>
    onProgress({ stage: 'comparing', table, done, total: 2 * total })
  )
  if (report.every(isEqual)) await to.endCopies(clock.now())
  return report
}

export function isEqual({ source, target }: MovedTableReport): boolean {
  return source.rows === target.rows && source.checksum === target.checksum
}

async function rowsIn(side: DatabaseSide, tables: readonly MovedTable[]): Promise<number> {
  let rows = 0
  for (const table of tables) rows += await side.count(table)
  return rows
}

/** Whether a move to this target is over; begins one where there was none. */
async function hasEnded(to: DatabaseSide, tables: readonly MovedTable[]): Promise<boolean> {
  const copies = await to.copies()
  if (copies.size === 0) {
    await requireEmpty(to, tables)
    await to.beginCopies(tables)
    return false
  }
  return [...copies.values()].every(({ endedAt }) => endedAt !== null)
}

async function copyTables(
  from: DatabaseSide,
  to: DatabaseSide,
  tables: readonly MovedTable[],
  onRows: (table: string, done: number) => void
) {
  const copies = await to.copies()
  let done = 0
  for (const table of tables) {
    let state: CopyState | undefined = copies.get(table.name)
    if (!state) throw new OperatorError(`The move that began does not know the table ${table.name}`)
    done += state.copiedRows
    for (;;) {
      const rows = await from.rowsAfter(table, state.position, ROWS_AT_ONCE)
      if (rows.length === 0) break
      const next: CopyState = {
        copiedRows: state.copiedRows + rows.length,
        position: keyOf(table, rows.at(-1)!),
      }
      await to.store(table, rows, state, next)
      state = next
      done += rows.length
      onRows(table.name, done)
    }
    // Numbers of rows that are gone are not given again: they are in ids that receivers have seen.
    const lastId = await from.lastId(table)
    if (lastId !== null) await to.setLastId(table, lastId)
  }
}

async function compareTables(
  from: DatabaseSide,
  to: DatabaseSide,
  tables: readonly MovedTable[],
  onRows: (table: string, done: number) => void
): Promise<MovedTableReport[]> {
  const report: MovedTableReport[] = []
  let done = 0
  for (const table of tables) {
    const count = (rows: number) => onRows(table.name, (done += rows))
    const [source, target] = [await sumOf(from, table, count), await sumOf(to, table, count)]
    const compared = { table: table.name, source, target, differences: [] }
    report.push(
      isEqual(compared)
        ? compared
        : { ...compared, differences: await differencesIn(from, to, table) }
    )
  }
  return report
}
