import { args, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { parseDuration } from '#foundation/text/duration'
import { activeAccount, recoveringAccount } from '#collectors/okx/recovering_account'
import { recover } from '#collectors/okx/recovery/recover'
import { recoverAlgoOrders } from '#collectors/okx/recovery/recover_algo_orders'
import { okxVenues } from '#start/okx'

export default class OkxRecover extends LongRunningCommand {
  static commandName = 'okx:recover'
  static description = 'Read again over REST what happened on an account at OKX'
  static help = [
    'Orders, algo orders, fills, bills, positions and balances since everything was known, or as far back',
    'as --since says: at most three months. What is stored already stays as it is. Orders that were canceled',
    'without a fill more than two hours ago are not known to OKX any more, which is said.',
    '```',
    '{{ binaryName }} okx:recover 3',
    '{{ binaryName }} okx:recover 3 --since=7d',
    '```',
  ]

  @args.string({ description: 'The number of the account (okx:account list)' })
  declare account: string

  @flags.string({ description: 'How far back, such as 12h or 7d' })
  declare since?: string

  async work(signal: AbortSignal) {
    const backMs = this.since === undefined ? undefined : parseDuration(this.since)
    if (backMs === null) throw new OperatorError('--since should be a duration such as 12h or 7d')
    const account = await activeAccount(this.account)
    const onFault = (error: Error) => printAside(`${error.message}\n`)
    const recovering = await recoveringAccount(okxVenues(), account, onFault, signal)
    const now = await recovering.rest.venue.now()
    const from = backMs === undefined ? undefined : now - backMs
    const read = await recover(recovering, from)
    const algoOrders = await recoverAlgoOrders(recovering, from)
    const since = new Date(read.since).toISOString()
    const unseen = read.unseenCancels
      ? `; which orders were canceled unfilled up to ${new Date(read.unseenCancels.to).toISOString()} is not known`
      : ''
    const { orders, fills, bills } = read
    print(
      `Since ${since}: ${orders} orders, ${fills} fills, ${bills} bills, ${algoOrders} algo orders${unseen}\n`
    )
  }
}
