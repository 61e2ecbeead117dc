import pg from 'pg'
import { postgresConnection } from '#foundation/db/postgres_session'

/** How long the server may take to answer, in milliseconds: a pool may have no session left. */
const ANSWER_MS = 4000

/**
 * Whether a URL leads to a pooler that gives each transaction any session, such as pgbouncer in transaction
 * mode. What a session is told to listen for is heard by nobody there.
 */
export async function areSessionsShared(connectionString: string): Promise<boolean> {
  const config = { ...postgresConnection(connectionString), query_timeout: ANSWER_MS }
  const clients = [0, 1].map(() => new pg.Client(config))
  const [one, other] = clients as [pg.Client, pg.Client]
  for (const client of clients) client.on('error', () => {})
  try {
    await one.connect()
    const session = await sessionOf(one)
    // A pooler calls its connections otherwise than the server calls its sessions.
    if (session === nameOf(one)) return false

    await other.connect()
    await other.query('begin')
    const held = await sessionOf(other)
    return held === session || (await sessionOf(one)) !== session
  } finally {
    for (const client of clients) client.end().catch(() => {})
  }
}

/** By the server, which knows its processes. */
async function sessionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]!.pid
}

/** By whoever answered at the address. */
const nameOf = (client: pg.Client) => (client as unknown as { processID: number }).processID
