import okxConfig from '#config/okx'
import retentionConfig from '#config/retention'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { ensureFirstAccount } from '#collectors/okx/accounts/first_account'
import { scanOkx } from '#collectors/okx/scan_okx'
import { connectOverNetwork } from '#collectors/okx/stream/connect'
import { okxVenues } from '#start/okx'

export default class ScanOkx extends LongRunningCommand {
  static commandName = 'scan:okx'
  static description = 'Follow the accounts at OKX and store orders, fills, positions and balances'
  static help = [
    'Keeps a private connection for each account (okx:account), and reads over REST what happened',
    'while there was none. Nothing is ever ordered. A second process stands by. Bills are summed',
    'every hour, so that whatever is missing is found.',
    '```',
    '{{ binaryName }} scan:okx',
    '```',
  ]

  protected get beatsAs() {
    return 'scan:okx'
  }

  async work(signal: AbortSignal) {
    const logger = await this.app.container.make('logger')
    await ensureFirstAccount(okxConfig.firstAccount, systemClock)
    await scanOkx(
      {
        venues: okxVenues(),
        connect: connectOverNetwork,
        logger,
        records: retentionConfig.okx,
        roundMs: okxConfig.pollMs,
      },
      signal
    )
  }
}
