import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import settings from '#config/backups'
import { backupsIn } from '#backups/backup_files'
import { makeBackup } from '#backups/make_backup'
import { print, printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'

export default class Backup extends BaseCommand {
  static commandName = 'backup'
  static description = 'Make a checked backup of the database while everything runs'
  static help = [
    'Goes into BACKUP_PATH, where the newest BACKUP_KEEP are kept, sealed if',
    'BACKUP_SECRET is set. Its path goes to stdout. Keep .env at another place:',
    'without its APP_KEY the secrets in a backup cannot be read.',
    '```',
    '{{ binaryName }} backup',
    '{{ binaryName }} backup --list',
    '```',
    'Exit codes: 0 made, 1 failed.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'List the backups that there are, the newest first' })
  declare list?: boolean

  async run() {
    if (this.list) return this.#list()

    const { backup, removed } = await makeBackup(settings, systemClock)
    print(`${backup.path}\n`)
    const sealed = backup.isSealed ? ', sealed' : ''
    printAside(
      `${megabytes(backup.bytes)} MB, checked${sealed}; ${removed.length} old ones removed\n`
    )
  }

  async #list() {
    const backups = await backupsIn(settings.folder)
    for (const { path, bytes } of backups) print(`${path}\t${megabytes(bytes)} MB\n`)
    if (backups.length === 0) printAside(`There is no backup in ${settings.folder} yet.\n`)
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
