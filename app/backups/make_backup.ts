import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#foundation/clock'
import { backupName, removeOld, type BackupFile, type BackupKind } from '#backups/backup_files'
import { dumpPostgres } from '#backups/postgres_dump'
import { sealFile } from '#backups/sealed_file'
import { copySqlite } from '#backups/sqlite_copy'

/** The database in use: the file of SQLite, or the URL of PostgreSQL. */
export type BackupSource = { path: string } | { url: string }

export interface BackupSettings {
  source: BackupSource
  folder: string
  /** How many are kept. */
  keep: number
  /** Seals them; undefined: they are not sealed. */
  secret?: string
}

/**
 * Makes a backup of a database in use. It has its name only once it is whole and checked, and only then
 * old ones are removed.
 *
 * @throws OperatorError when it cannot be made; what was there before is left alone
 */
export async function makeBackup(
  { source, folder, keep, secret }: BackupSettings,
  clock: Clock
): Promise<{ backup: BackupFile; removed: BackupFile[] }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kind: BackupKind = 'path' in source ? 'sqlite' : 'pgdump'
  const now = clock.now()
  const name = backupName(kind, secret !== undefined, now)
  const [path, partial, sealing] = ['', '.partial', '.sealing'].map(
    (end) => join(folder, name) + end
  )
  try {
    await ('path' in source
      ? copySqlite(source.path, partial!)
      : dumpPostgres(source.url, partial!))
    // It holds what the database holds: for its owner alone.
    await chmod(partial!, 0o600)
    if (secret !== undefined) {
      await sealFile(partial!, sealing!, secret)
      await rename(sealing!, partial!)
    }
    await rename(partial!, path!)
  } finally {
    await rm(partial!, { force: true })
    await rm(sealing!, { force: true })
  }
  const { size } = await stat(path!)
  const isSealed = secret !== undefined
  const backup = { path: path!, kind, isSealed, bytes: size, madeAt: now }
  return { backup, removed: await removeOld(folder, keep) }
}
