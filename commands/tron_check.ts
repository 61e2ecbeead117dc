import { args, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import tronConfig from '#config/tron'
import { tronAddressOf } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { checkAccount } from '#collectors/tron/check_account'
import { tronTools } from '#collectors/tron/tron_tools'
import { checkExitCode, checkLines, checkProof } from '#views/tron_check_proof'
import { printJson } from '#foundation/cli/print_list'

export default class TronCheck extends LongRunningCommand {
  static commandName = 'tron:check'
  static description = 'Compare what an account of TRON has with what its records say'
  static help = [
    'What the account has staked, delegated and unfrozen at the newest solid block has to be',
    'what it had at the last check and the records between. The first check has nothing to',
    'compare with. Where they differ, the blocks between are read again.',
    '```',
    '{{ binaryName }} tron:check TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH',
    '```',
    'Exit codes: 0 agrees, 1 refused or failed, 3 unknown (the reason is printed), 5 differs.',
  ]

  @args.string({ description: 'The account' })
  declare address: string

  @flags.boolean({ description: 'Print as JSON on stdout; amounts in sun' })
  declare json?: boolean

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    const options = tronTools(tronConfig, systemClock, logger)
    const check = await checkAccount(options, tronAddressOf(this.address), { signal })
    if (this.json) printJson(checkProof(check))
    else print(`${checkLines(check).join('\n')}\n`)
    this.exitCode = checkExitCode(check)
  }
}
