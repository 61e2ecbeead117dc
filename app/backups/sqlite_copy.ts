import { open, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { OperatorError } from '#foundation/errors'

/**
 * Copies a database that is in use: the copy is as the database was at one moment, and is checked as a
 * whole before it counts.
 *
 * @throws OperatorError when it is damaged
 */
export async function copySqlite(from: string, to: string) {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    await source.backup(to)
  } finally {
    source.close()
  }
  requireWhole(to)
}

/**
 * Opens a copy and reads it from end to end.
 *
 * @throws OperatorError when it is damaged, or no database of Regou
 */
export function requireWhole(path: string) {
  try {
    const copy = new Database(path, { fileMustExist: true })
    try {
      // One file that can be moved: without it the newest pages may lie beside it.
      copy.pragma('journal_mode = DELETE')
      const problems = copy.pragma('integrity_check(1)', { simple: true })
      if (problems !== 'ok') throw new Error(String(problems))
    } finally {
      copy.close()
    }
  } catch (error) {
    throw new OperatorError(`${path} is damaged, or no database: ${(error as Error).message}`)
  }
}

/** The migrations that a copy has seen; none where it is another program's. */
export function migrationsIn(path: string): string[] {
  const copy = new Database(path, { readonly: true })
  try {
    return copy.prepare('select name from adonis_schema').pluck().all() as string[]
  } catch {
    return []
  } finally {
    copy.close()
  }
}

/**
 * Puts a copy in the place of a database that nothing uses. What was there is kept beside it.
 *
 * @returns where it is kept; null: there was none
 */
export async function replaceSqlite(copy: string, path: string, mark: string) {
  const file = await open(copy, 'r+')
  await file.sync()
  await file.close()
  const kept = existsSync(path) ? `${path}.before-${mark}` : null
  if (kept) {
    // The newest commits are in the log beside it.
    for (const part of ['', '-wal', '-shm']) {
      if (existsSync(path + part)) await rename(path + part, kept + part)
    }
  }
  await rm(`${path}-wal`, { force: true })
  await rm(`${path}-shm`, { force: true })
  await rename(copy, path)
  return kept
}
