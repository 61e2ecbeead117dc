import env from '#start/env'
import type { BackupSource } from '#backups/make_backup'

/** Where backups are kept, how many, and of which database. */
const backupsConfig = {
  folder: env.get('BACKUP_PATH'),
  keep: env.get('BACKUP_KEEP'),
  secret: env.get('BACKUP_SECRET'),
  source: sourceOf(),
}

function sourceOf(): BackupSource {
  const url = env.get('DATABASE_URL')
  return env.get('DB_CONNECTION') === 'pg' && url ? { url } : { path: env.get('DATABASE_PATH') }
}

export default backupsConfig
