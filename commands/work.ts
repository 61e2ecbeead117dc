import { flags, type BaseCommand } from '@adonisjs/core/ace'
import { listFlag } from '#foundation/cli/flags'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'

/** What may work beside each other. */
const LOOPS: Readonly<Record<string, () => Promise<{ default: typeof BaseCommand }>>> = {
  'scan:chain': () => import('#commands/scan_chain'),
  'scan:gmgn': () => import('#commands/scan_gmgn'),
  'scan:tron': () => import('#commands/scan_tron'),
  'scan:okx': () => import('#commands/scan_okx'),
  'scan:payments': () => import('#commands/scan_payments'),
  'send:webhooks': () => import('#commands/send_webhooks'),
  'send:wechat': () => import('#commands/send_wechat'),
  'send:telegram': () => import('#commands/send_telegram'),
  'send:browsers': () => import('#commands/send_browsers'),
  'monitor:orders': () => import('#commands/monitor_orders'),
  'verify:orders': () => import('#commands/verify_orders'),
  'check:push': () => import('#commands/check_push'),
}

/** Without these one would end by itself. */
const FLAGS: Readonly<Record<string, string[]>> = { 'check:push': ['--every=1m'] }

export default class Work extends LongRunningCommand {
  static commandName = 'work'
  static description = 'Do the work of several commands in one process, until stopped'
  static help = [
    'For a small machine: each process of Regou needs some 100 MB before it does anything.',
    'Each has its own line in `status`. When one fails, all end, and the process is started',
    'again as a whole. With ONE_WORKER=true npm start runs the web application and this.',
    '```',
    '{{ binaryName }} work --only=scan:chain,send:webhooks,check:push',
    '```',
    'Exit codes: 0 stopped, 1 refused or failed.',
  ]

  @flags.array({
    description: `Which, separated by commas: ${Object.keys(LOOPS).join(' ')}`,
    required: true,
  })
  declare only: string[]

  async work(signal: AbortSignal) {
    const names = [...new Set(listFlag(this.only))]
    const unknown = names.find((name) => !(name in LOOPS))
    if (unknown !== undefined) {
      const known = Object.keys(LOOPS).join(', ')
      throw new OperatorError(`"${unknown}" is nothing that works on. There are: ${known}`)
    }

    const over = new AbortController()
    const both = AbortSignal.any([signal, over.signal])
    const loops = await Promise.all(names.map((name) => this.#loop(name)))
    // Whatever fails, the others finish what is under way before the process ends.
    const ends = await Promise.allSettled(
      loops.map((loop) =>
        loop.workOnRecord(both).catch((error) => {
          over.abort()
          throw error
        })
      )
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
  }

  async #loop(name: string): Promise<LongRunningCommand> {
    const { default: command } = await LOOPS[name]!()
    const loop = await this.kernel.create(command, FLAGS[name] ?? [])
    return loop as LongRunningCommand
  }
}
