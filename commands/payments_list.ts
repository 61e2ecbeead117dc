import { BaseCommand, flags } from '@adonisjs/core/ace'
import { formatEther } from 'ox/Value'
import { minuteText } from '#foundation/text/figures'
import { countFlag, MOST_LISTED } from '#foundation/cli/flags'
import { printList } from '#foundation/cli/print_list'
import { listPayments } from '#billing/ledger/list_payments'

export default class PaymentsList extends BaseCommand {
  static commandName = 'payments:list'
  static description = 'List the payments, newest first'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC. A',
    'payment without a user matched no account and waits for payments:assign.',
    '```',
    '{{ binaryName }} payments:list',
    '{{ binaryName }} payments:list --unassigned --json',
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Only those that matched no account' })
  declare unassigned?: boolean

  @flags.number({ description: 'How many at most', default: 100 })
  declare limit: number

  @flags.boolean({ description: 'Print everything as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async run() {
    const limit = countFlag('limit', this.limit, MOST_LISTED)
    printList(await listPayments({ unassigned: this.unassigned, limit }), {
      isJson: this.json,
      columns: {
        'id': (payment) => payment.id,
        'user': (payment) => payment.user_id,
        'BNB': (payment) => formatEther(BigInt(payment.amount)),
        'paid': (payment) => minuteText(payment.paid_at),
        'entitled until': (payment) => minuteText(payment.entitled_until),
        'sender': (payment) => payment.sender,
        'transaction': (payment) => payment.tx_hash,
      },
    })
  }
}
