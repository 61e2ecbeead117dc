import type { Knex } from 'knex'
import type { Client, ClientConfig } from 'pg'
import { DatabaseUnreachable } from '#foundation/db/database_fault'

/** A first probe after this silence, in milliseconds: a peer that is gone is found out in minutes. */
const KEEPALIVE_AFTER_MS = 10_000

/** How long a connection may take to be made, in milliseconds. Shorter than the pool waits for one. */
const CONNECT_WITHIN_MS = 4000

/**
 * After these answers a session is of no more use, but a new one may be: the server went
 * read-only (a standby now, behind the same address), is shutting down, or ended the session.
 */
const USELESS_AFTER = ['25006', '57P01', '57P02', '57P03', '57P05']

/** How every connection to PostgreSQL is made. */
export function postgresConnection(connectionString: string | undefined) {
  return {
    connectionString,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  } satisfies ClientConfig
}

/** Names what keeps the pool of a database client from making a connection. */
export function nameConnectFaults(client: Knex.Client) {
  const connect = client.acquireRawConnection.bind(client)
  const connectNamed = async () => {
    try {
      return await connect()
    } catch (error) {
      throw told(error as Error, 'No connection to the database could be made')
    }
  }
  Object.assign(client, { acquireRawConnection: connectNamed })
}

type Callback = (error: Error | null, result?: unknown) => void

/** What node-postgres and knex keep of a session beside what they publish. */
type Session = Client & {
  connection: { stream: { destroy(error?: Error): void } }
  /** Set by knex while a transaction is open. */
  __knexTxId?: string
}

/** Statements under way, of each session that is open. */
const underWay = new Map<Session, number>()

/**
 * Gives each statement of a session a deadline, and ends sessions that are of no more use, so that
 * the pool makes new ones. A connection that has fallen silent looks like a slow statement for ever
 * otherwise: TCP tells of it after 15 minutes, or never.
 *
 * @param withinMs how long a statement may take, in milliseconds
 */
export function superviseSession(client: Client, withinMs: number) {
  const session = client as Session
  const query = session.query.bind(session) as (...args: unknown[]) => unknown
  underWay.set(session, 0)
  session.once('end', () => underWay.delete(session))

  const supervised = (...args: unknown[]) => {
    const callback = args.at(-1)
    if (typeof callback !== 'function') {
      return query(...args)
    }
    const deadline = setTimeout(() => endSessions(session, missedDeadline(withinMs)), withinMs)
    count(session, 1)

    return query(...args.slice(0, -1), (error: Error | null, result?: unknown) => {
      clearTimeout(deadline)
      count(session, -1)
      if (USELESS_AFTER.includes((error as { code?: string } | null)?.code ?? '')) {
        endSessions(session, error!)
      }
      ;(callback as Callback)(error && told(error, 'The session of the database was lost'), result)
    })
  }
  Object.assign(session, { query: supervised })
}

/** Whether the pool may hand the session out: a statement that was given up may still be under way. */
export function isIdle(client: Client): boolean {
  return !underWay.get(client as Session)
}

/**
 * Ends a session, and with it the idle ones: they lead to the same server, and each would cost a
 * deadline of its own to find out. Those at work find out by themselves.
 */
function endSessions(failed: Session, error: Error) {
  for (const [session, statements] of underWay) {
    if (session === failed || (statements === 0 && !session.__knexTxId)) {
      underWay.delete(session)
      session.connection.stream.destroy(error)
    }
  }
}

function count(session: Session, change: 1 | -1) {
  const statements = underWay.get(session)
  if (statements !== undefined) {
    underWay.set(session, statements + change)
  }
}

function missedDeadline(withinMs: number) {
  return new DatabaseUnreachable(
    `The database did not answer within ${withinMs / 1000} s. Its sessions are given up, and new ones made`
  )
}

/** What the server itself said is kept as it is; of anything else it is told what it means. */
function told(error: Error, meaning: string): Error {
  if ('severity' in error || error instanceof DatabaseUnreachable) {
    return error
  }
  const { code } = error as { code?: string }
  // Messages name the host, and a mistyped DATABASE_URL has its password there.
  return new DatabaseUnreachable(`${meaning} (${code ?? error.message})`, { cause: error })
}
