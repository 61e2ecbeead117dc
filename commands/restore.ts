import { readdir } from 'node:fs/promises'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import settings from '#config/backups'
import { restoreBackup } from '#backups/restore_backup'
import { runningProcesses } from '#backups/running_processes'
import { print, printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'

export default class Restore extends BaseCommand {
  static commandName = 'restore'
  static description = 'Put a backup in the place of the database'
  static help = [
    'Stop everything first: npx pm2 delete ecosystem.config.cjs. The backup is',
    'checked before anything is touched, and a database of SQLite that was there',
    'is kept beside it.',
    '```',
    '{{ binaryName }} restore data/backups/regou-20261129T085000Z.sqlite',
    '```',
    'Exit codes: 0 restored, 1 refused or failed: nothing was changed.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The file that node ace backup has made' })
  declare file: string

  @flags.boolean({ description: 'Also while a process seems to be at work' })
  declare force?: boolean

  async run() {
    const running = this.force ? [] : await runningProcesses(systemClock.now())
    if (running.length > 0) {
      throw new OperatorError(
        `Still at work: ${running.join(', ')}. Stop everything first (npx pm2 delete ecosystem.config.cjs), ` +
          'wait for 20 seconds, or add --force'
      )
    }
    const { kept } = await restoreBackup(this.file, {
      ...settings,
      known: await this.#migrations(),
    })
    print(`Restored ${this.file}.\n`)
    if (kept) printAside(`What was there before is in ${kept}.\n`)
    printAside(
      'Now: node ace migration:run --force, then start everything. What has happened since is read and sent again, with the same ids.\n'
    )
  }

  async #migrations() {
    const files = await readdir(this.app.migrationsPath())
    return files.map((name) => `database/migrations/${name.replace(/\.[jt]s$/, '')}`)
  }
}
