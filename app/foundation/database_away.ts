import { isMissingTables } from '#foundation/missing_tables'

/** What the network says of a server that is not there. */
const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

/**
 * What PostgreSQL says when it cannot serve for now: no connection (08), no resources left (53),
 * shut down, starting or told to cancel (57), read-only after a switch (25006), locked (55P03).
 */
const SQLSTATE = /^(08...|53...|57...|25006|55P03)$/

/** Somebody else holds the file for long, or it cannot be opened, read or written. */
const SQLITE = /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|PROTOCOL|FULL)/

/** What has no code: connections that were cut, and pools and servers that kept a caller waiting. */
const WORDS =
  /^Connection terminated|^Query read timeout$|^timeout expired$|^Knex: Timeout acquiring a connection|is not queryable$/

/**
 * Says whether an error means that the database cannot be asked for now: it is away, overloaded, or
 * has no tables yet. The same request may work in a few seconds, and nobody has made a mistake.
 */
export function isDatabaseAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false

  const { code } = error as { code?: unknown }
  const isKnown =
    typeof code === 'string' && [UNREACHABLE, SQLSTATE, SQLITE].some((known) => known.test(code))
  return isKnown || WORDS.test(error.message) || isMissingTables(error)
}
