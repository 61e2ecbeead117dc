import { readdirSync, readFileSync } from 'node:fs'

/** Where the system does not tell: what most systems allow at least. */
const USUAL_LIMIT = 1024

/** What a process opens beside the database and the log before it works: found by looking. */
const USUALLY_OPEN = 40

/** What stays free: for sessions of the database, for files that are opened now and then. */
const SPARED = 32

/**
 * How many files and sockets this process may still open: the soft limit, which Node.js has raised to
 * the hard one when it started, without what is open already. At least 8.
 */
export function freeFiles(): number {
  return Math.max(8, limit() - openNow() - SPARED)
}

function limit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity)
  } catch {
    return USUAL_LIMIT
  }
}

function openNow(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return USUALLY_OPEN
  }
}
