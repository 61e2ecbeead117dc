import { BaseCommand, flags } from '@adonisjs/core/ace'
import { formatEther } from 'viem'
import { minuteText } from '#foundation/minute_text'
import { printTable } from '#foundation/printed_table'
import { listPayments } from '#billing/crediting/list_payments'

const HEAD = ['id', 'user', 'BNB', 'paid', 'entitled until', 'sender', 'transaction']

export default class PaymentsList extends BaseCommand {
  static commandName = 'payments:list'
  static description = 'List the payments, newest first'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC. A payment without a user',
    'matched nobody and waits for payments:assign.',
    '```',
    '{{ binaryName }} payments:list',
    '{{ binaryName }} payments:list --unassigned --json',
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Only those that matched nobody' })
  declare unassigned?: boolean

  @flags.number({ description: 'How many at most', default: 100 })
  declare limit: number

  @flags.boolean({ description: 'Print everything as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async run() {
    const payments = await listPayments({ unassigned: this.unassigned, limit: this.limit })
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ data: payments })}\n`)
      return
    }
    printTable(
      HEAD,
      payments.map((payment) => [
        payment.id,
        payment.user_id,
        formatEther(BigInt(payment.amount)),
        minuteText(payment.paid_at),
        minuteText(payment.entitled_until),
        payment.sender,
        payment.tx_hash,
      ])
    )
  }
}
