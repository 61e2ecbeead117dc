import { args, flags } from '@adonisjs/core/ace'
import tronConfig from '#config/tron'
import { tronAddressOf } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { checkAccount } from '#collectors/tron/check_account'
import { tronTools } from '#collectors/tron/tron_tools'

/** Exit codes: could not be compared; differs. */
const UNKNOWN = 3
const DIFFERS = 5

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

  async work() {
    const logger = await this.app.container.make('logger')
    const options = tronTools(tronConfig, systemClock, logger)
    const check = await checkAccount(options, tronAddressOf(this.address))
    const { address, verdict, reason, fromBlock, toBlock, state, expected } = check
    const proof = { address, verdict, reason, from_block: fromBlock, to_block: toBlock }
    const lines = [
      `${address}: ${verdict}${reason ? ` (${reason})` : ''}, blocks ${fromBlock} to ${toBlock}`,
      `has      ${JSON.stringify(state)}`,
      ...(expected ? [`expected ${JSON.stringify(expected)}`] : []),
    ]
    const text = this.json ? JSON.stringify({ ...proof, state, expected }) : lines.join('\n')
    process.stdout.write(`${text}\n`)
    this.exitCode = { agrees: 0, unknown: UNKNOWN, differs: DIFFERS }[verdict]
  }
}
