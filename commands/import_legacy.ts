import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import billingConfig from '#config/billing'
import languages from '#config/languages'
import plans from '#config/plans'
import wechatConfig from '#config/wechat'
import { systemClock } from '#foundation/clock'
import { print, printAside } from '#foundation/cli/print'
import { importLegacy } from '#legacy/import_legacy'
import type { LegacyCounts } from '#legacy/legacy_report'

export default class ImportLegacy extends BaseCommand {
  static commandName = 'import:legacy'
  static description = 'Import what an app.sqlite of the earlier application has'
  static help = [
    'Launches, plans that run, switches of users, and their bots in WeChat. The file is only read, and',
    'receivers are told of nothing in it. Run again, it imports what is new alone. Rows that cannot be',
    'used are counted by why, and hold up no other. Try it first: --dry-run stores nothing.',
    '```',
    '{{ binaryName }} import:legacy ../regou-app/data/app.sqlite --dry-run',
    '{{ binaryName }} import:legacy ../regou-app/data/app.sqlite',
    '```',
    'Exit codes: 0 imported, also where rows were left out; 1 refused.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The file, such as ../regou-app/data/app.sqlite' })
  declare file: string

  @flags.boolean({ description: 'Store nothing, and say what would be' })
  declare dryRun?: boolean

  async run() {
    const counts = await importLegacy(this.file, {
      chainId: billingConfig.chainId,
      terms: plans,
      ilinkUrl: wechatConfig.ilink.url,
      language: Object.keys(languages)[0]!,
      isTrial: this.dryRun ?? false,
      clock: systemClock,
    })
    for (const [table, of] of Object.entries(counts)) print(lineOf(table, of))
    printAside(this.dryRun ? 'Nothing was stored.\n' : 'Done. Running it again changes nothing.\n')
  }
}

function lineOf(table: string, { found, imported, known, over, unusable }: LegacyCounts): string {
  const left = [...unusable].map(([why, count]) => `  left out ${count}: ${why}\n`)
  return `${table}: ${found} found, ${imported} imported, ${known} here already, ${over} over\n${left.join('')}`
}
