import { flags } from '@adonisjs/core/ace'
import { formatEther } from 'ox/Value'
import billingConfig from '#config/billing'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { printList } from '#foundation/cli/print_list'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { listAddresses } from '#billing/addresses/list_addresses'

export default class PaymentsAddresses extends LongRunningCommand {
  static commandName = 'payments:addresses'
  static description = 'List the deposit addresses that hold something, to sweep them'
  static help = [
    'A table on a terminal, tab-separated values elsewhere: index and path of each',
    'address in the wallet of BNB_XPUB, its final balance, and the tokens that were',
    'sent there, which buy nothing.',
    '```',
    '{{ binaryName }} payments:addresses',
    '{{ binaryName }} payments:addresses --all --json',
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]

  @flags.boolean({ description: 'Empty ones, too' })
  declare all?: boolean

  @flags.boolean({ description: 'Print everything as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async work() {
    await withEndpoints(billingConfig, systemClock, async (endpoints) => {
      const wish = { empty: this.all ?? false }
      printList(await listAddresses(endpoints, billingConfig.chainId, wish), {
        isJson: this.json,
        columns: {
          index: ({ index }) => index,
          path: ({ path }) => path,
          address: ({ address }) => address,
          BNB: ({ balance }) => formatEther(BigInt(balance)),
          tokens: ({ tokens }) => tokens.join(', '),
        },
      })
    })
  }
}
