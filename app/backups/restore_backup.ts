import { copyFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { OperatorError } from '#foundation/errors'
import { kindOf } from '#backups/backup_files'
import type { BackupSource } from '#backups/make_backup'
import { restorePostgres } from '#backups/postgres_dump'
import { unsealFile } from '#backups/sealed_file'
import { migrationsIn, replaceSqlite, requireWhole } from '#backups/sqlite_copy'

interface RestoreOptions {
  source: BackupSource
  secret?: string
  /** The migrations that this version has. */
  known: readonly string[]
}

/**
 * Puts a backup in the place of the database, which nothing may use meanwhile. It is checked before
 * anything is touched, and what was there is kept.
 *
 * @returns where the database that was replaced is kept; null: there was none, or it is on PostgreSQL
 * @throws OperatorError when the file is no backup, is damaged, or is of a newer version
 */
export async function restoreBackup(
  file: string,
  { source, secret, known }: RestoreOptions
): Promise<{ kept: string | null }> {
  const { isSealed } = requireFitting(file, source)
  const work = ('path' in source ? source.path : file) + '.restoring'
  try {
    if (!isSealed) {
      await copyFile(file, work)
    } else if (secret === undefined) {
      throw new OperatorError(`${file} is sealed: set the BACKUP_SECRET that it was made with`)
    } else {
      await unsealFile(file, work, secret)
    }
    if ('url' in source) {
      await restorePostgres(work, source.url)
      return { kept: null }
    }
    requireWhole(work)
    requireKnown(file, migrationsIn(work), known)
    const mark = basename(file).split('.')[0]!.replace('regou-', '')
    return { kept: await replaceSqlite(work, source.path, mark) }
  } finally {
    await rm(work, { force: true })
  }
}

function requireFitting(file: string, source: BackupSource) {
  const found = kindOf(basename(file))
  if (!existsSync(file)) {
    throw new OperatorError(`There is no file ${file}. See what there is: node ace backup --list`)
  }
  if (!found) {
    throw new OperatorError(
      `${file} does not have the name of a backup, such as regou-20261129T085000Z.sqlite`
    )
  }
  const kind = 'path' in source ? 'sqlite' : 'pgdump'
  if (found.kind !== kind) {
    throw new OperatorError(
      `${file} is a backup of ${found.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, and DB_CONNECTION is another database`
    )
  }
  return found
}

function requireKnown(file: string, migrations: readonly string[], known: readonly string[]) {
  const newer = migrations.filter((name) => !known.includes(name))
  if (migrations.length === 0) {
    throw new OperatorError(`${file} is no database of Regou`)
  }
  if (newer.length > 0) {
    throw new OperatorError(
      `${file} was made by a newer version (${newer.at(-1)}): install that version first`
    )
  }
}
