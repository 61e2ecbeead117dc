import { ALIVE_MS } from '#foundation/db/heartbeat'
import { OperatorError } from '#foundation/errors'
import type { DatabaseSide, MovedTable } from '#moves/database_side'

const SETTINGS = {
  SQLite: { connection: 'sqlite', anew: 'move the file of DATABASE_PATH away' },
  PostgreSQL: { connection: 'pg', anew: 'name an empty database in DATABASE_URL' },
}

/**
 * The tables of both, those first that others refer to.
 *
 * @throws OperatorError where they are not at the same migration
 */
export async function sharedTables(from: DatabaseSide, to: DatabaseSide): Promise<MovedTable[]> {
  for (const side of [from, to]) {
    const tables = await side.tables()
    if (tables.length === 0) {
      throw new OperatorError(`${side.name} has no tables. ${migrationOf(side)}`)
    }
  }
  const [source, target] = [await from.migrations(), await to.migrations()]
  const behind = [from, to].find((side) => {
    const [own, other] = side === from ? [source, target] : [target, source]
    return other.some((name) => !own.includes(name))
  })
  if (behind) {
    const last = (behind === from ? target : source).at(-1)
    throw new OperatorError(
      `${behind.name} is not at the same migration as the other database (${last}). ${migrationOf(behind)}`
    )
  }
  const tables = await from.tables()
  if (JSON.stringify(tables) !== JSON.stringify(await to.tables())) {
    throw new OperatorError('The tables of both databases are not of the same shape')
  }
  return inOrder(tables)
}

function migrationOf({ name }: DatabaseSide) {
  return `Run: DB_CONNECTION=${SETTINGS[name].connection} node ace migration:run --force`
}

/** Each table after those that it refers to. */
function inOrder(tables: readonly MovedTable[]): MovedTable[] {
  const ordered: MovedTable[] = []
  const add = (table: MovedTable) => {
    if (ordered.includes(table)) return
    for (const name of table.references) add(tables.find((other) => other.name === name)!)
    ordered.push(table)
  }
  tables.forEach(add)
  return ordered
}

/**
 * @param now epoch milliseconds
 * @throws OperatorError where a process is at work on one of them
 */
export async function requireStopped(sides: readonly DatabaseSide[], now: number) {
  for (const side of sides) {
    const running = await side.atWorkSince(now - ALIVE_MS)
    if (running.length > 0) {
      throw new OperatorError(
        `Still at work on ${side.name}: ${running.join(', ')}. Stop everything first ` +
          `(npx pm2 delete ecosystem.config.cjs), and wait for ${ALIVE_MS / 1000} seconds`
      )
    }
  }
}

/** @throws OperatorError where a table has rows, before the first move to it has begun */
export async function requireEmpty(to: DatabaseSide, tables: readonly MovedTable[]) {
  for (const table of tables) {
    const rows = await to.count(table)
    if (rows > 0) {
      throw new OperatorError(
        `${to.name} is not empty: ${table.name} has ${rows} rows. Nothing was changed: ${SETTINGS[to.name].anew}`
      )
    }
  }
}
