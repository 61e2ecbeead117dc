import { DatabaseUnreachable, isDatabaseFault } from '#foundation/db/database_fault'
import { OperatorError } from '#foundation/errors'

/** What a database that cannot be used says, as codes, in words for the operator. */
const REASONS: Record<string, string> = {
  'ECONNREFUSED': 'nothing listens at the host and port of DATABASE_URL (ECONNREFUSED)',
  'ECONNRESET': 'what listens at the host and port of DATABASE_URL hung up (ECONNRESET)',
  'EHOSTUNREACH': 'no way leads to the host of DATABASE_URL (EHOSTUNREACH)',
  'ENETUNREACH': 'no way leads to the host of DATABASE_URL (ENETUNREACH)',
  'ETIMEDOUT': 'the host of DATABASE_URL does not answer (ETIMEDOUT)',
  'ENOTFOUND': 'the host of DATABASE_URL is not known (ENOTFOUND)',
  'EAI_AGAIN': 'the host of DATABASE_URL could not be looked up (EAI_AGAIN)',
  '28000': 'PostgreSQL refuses the user of DATABASE_URL (28000)',
  '28P01': 'PostgreSQL refuses the user or the password of DATABASE_URL (28P01)',
  '3D000': 'PostgreSQL has no database of the name in DATABASE_URL (3D000)',
  'SQLITE_BUSY': 'another process holds the lock of DATABASE_PATH for long (SQLITE_BUSY)',
  'SQLITE_CANTOPEN': 'the file of DATABASE_PATH cannot be opened (SQLITE_CANTOPEN)',
  'SQLITE_NOTADB': 'the file of DATABASE_PATH is no SQLite database (SQLITE_NOTADB)',
  'SQLITE_READONLY': 'the file of DATABASE_PATH may not be written to (SQLITE_READONLY)',
}

/** Where these codes of the system are about a connection and not about a file. */
const CALLS = ['connect', 'getaddrinfo', 'read']

/**
 * The error in words for the operator when the database cannot be used as the settings say, as it
 * is otherwise. Hosts and paths are left out: a mistyped setting has its password there.
 */
export function explainUnusableDatabase(error: unknown): unknown {
  const connecting = error instanceof DatabaseUnreachable ? error.cause : error
  // Node.js tries every address of a host, and gathers how each of them failed.
  const first = connecting instanceof AggregateError ? connecting.errors[0] : connecting
  const { code, syscall } = (first ?? {}) as NodeJS.ErrnoException
  const reason = code && (!syscall || CALLS.includes(syscall)) ? REASONS[code] : undefined

  if (reason) {
    return new OperatorError(`The database cannot be used: ${reason}.`)
  }
  return isDatabaseFault(error)
    ? new OperatorError(`The database cannot be used for now: ${error.message}`, { cause: error })
    : error
}

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

/** What they say of tables and columns that are not as ours. */
const OTHER_SHAPE = /no such (table|column)|has no column named|(relation|column) .+ does not exist/

/** The error in words for the operator where it comes of a database of another program, as it is otherwise. */
export async function explainForeignDatabase(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && OTHER_SHAPE.test(error.message))) {
    return error
  }
  // Only now: what explains errors is loaded before there is an application.
  const { refuseForeignDatabase } = await import('#foundation/db/foreign_database')
  return refuseForeignDatabase().then(
    () => error,
    (refused) => (refused instanceof OperatorError ? refused : error)
  )
}

/** What SQLite and PostgreSQL say when nothing more can be written, as codes. */
const FULL = ['SQLITE_FULL', '53100']

const EXPLANATION =
  'The disk of the database is full. Nothing is lost, and work goes on as soon as there is room: ' +
  'free some space, or keep deliveries for less long (WEBHOOK_RETENTION)'

/** The error in words for the operator when it is about a full disk, as it is otherwise. */
export function explainFullDisk(error: Error): Error {
  const { code } = error as { code?: string }
  return code && FULL.includes(code) ? new Error(EXPLANATION, { cause: error }) : error
}

/**
 * Says whether an error means that the database cannot be asked for now: it is away, overloaded, or
 * has no tables yet. The same request may work in a few seconds; neither the user nor the code is at
 * fault.
 */
export function isDatabaseAway(error: unknown): error is Error {
  return isDatabaseFault(error) || isMissingTables(error)
}
