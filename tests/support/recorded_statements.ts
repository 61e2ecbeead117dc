import db from '@adonisjs/lucid/services/db'
import { onConnection } from '#foundation/db/statement'

export interface Recorded {
  sql: string
  bindings: unknown[]
}

const isPostgres = () => db.connection().dialect.name === 'postgres'

/** The statements that some work runs, as the database gets them. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Recorded[]> {
  return isPostgres() ? onPostgres(work) : onSqlite(work)
}

async function onPostgres(work: () => Promise<unknown>) {
  const recorded: Recorded[] = []
  const knex = db.connection().getWriteClient()
  const listener = ({ sql, bindings }: Recorded) => recorded.push({ sql, bindings })
  knex.on('query', listener)
  try {
    await work()
  } finally {
    knex.removeListener('query', listener)
  }
  return recorded
}

/** There statements go straight to the only connection. */
async function onSqlite(work: () => Promise<unknown>) {
  const recorded: Recorded[] = []
  const client = db.connection()
  const prepare = await onConnection(client, (connection) => {
    const { prepare: original } = connection
    connection.prepare = ((sql: string) => {
      recorded.push({ sql, bindings: [] })
      return original(sql)
    }) as typeof original
    return original
  })
  try {
    await work()
  } finally {
    await onConnection(client, (connection) => Object.assign(connection, { prepare }))
  }
  return recorded
}

/** How the database would go about a statement, a line for each step. */
export async function planOf({ sql, bindings }: Recorded): Promise<string[]> {
  if (!isPostgres()) {
    // Bindings do not matter to a plan that reckons with bounds, and are null when left out.
    return onConnection(db.connection(), (connection) => {
      const rows = connection.prepare(`explain query plan ${sql}`).all(nulls(sql)) as any[]
      return rows.map(({ detail }) => String(detail))
    })
  }
  return db.transaction(async (trx) => {
    // The tables of a test are so small that reading them in whole would be best.
    await trx.rawQuery('set local enable_seqscan = off')
    const text = sql.replaceAll(/\$\d+/g, '?')
    const { rows } = await trx.rawQuery(`explain ${text}`, bindings as never)
    return rows.map((row: Record<string, string>) => row['QUERY PLAN'])
  })
}

function nulls(sql: string): null[] {
  return [...sql.matchAll(/\?/g)].map(() => null)
}
