import { TransientError } from '#foundation/errors'

/**
 * The database cannot be reached: no connection could be made, or the session was lost. What was
 * asked may be asked again; whether a lost COMMIT was stored is not known.
 */
export class DatabaseUnreachable extends TransientError {
  constructor(message: string, options?: ErrorOptions) {
    super('database_unreachable', message, options)
  }
}

/**
 * What SQLite and PostgreSQL say when they cannot work at the moment, whatever they are asked for:
 * busy or out of disk, memory or sessions, shutting down or starting, read-only, a conflict of
 * transactions. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const FAULTS = [
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL)/,
  /^(08|40|53|57|58)[0-9A-Z]{3}$/,
  /^(25006|55P03)$/,
]

/** Whether the database could not do its work for now, and the same may succeed later. */
export function isDatabaseFault(error: unknown): error is Error {
  if (!(error instanceof Error)) {
    return false
  }
  const { code } = error as { code?: unknown }
  return (
    error instanceof DatabaseUnreachable ||
    // Every connection of the pool was in use for too long.
    error.name === 'KnexTimeoutError' ||
    (typeof code === 'string' && FAULTS.some((fault) => fault.test(code)))
  )
}

/**
 * What SQLite and PostgreSQL say to a transaction that met another one: it was rolled back, and
 * would succeed as a whole now. https://www.postgresql.org/docs/18/mvcc-serialization-failure-handling.html
 */
const CONFLICTS = /^(40001|40P01|SQLITE_BUSY(_SNAPSHOT)?|SQLITE_LOCKED)$/

/** Whether a transaction failed only because of another one. */
export function isConflict(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && CONFLICTS.test(code)
}

/**
 * What SQLite and PostgreSQL say to a row that they refuse for what it holds: a value out of
 * range, of the wrong type, or against a constraint. The same row will be refused again.
 */
const REFUSALS = [/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/, /^(22|23)[0-9A-Z]{3}$/]

/** Whether the database refused a row for what it holds. */
export function isRefusedRow(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return (
    // The driver of SQLite itself refuses what no column can hold.
    error instanceof TypeError ||
    error instanceof RangeError ||
    (typeof code === 'string' && REFUSALS.some((refusal) => refusal.test(code)))
  )
}
