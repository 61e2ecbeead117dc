import { flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { formatEther } from 'ox/Value'
import billingConfig from '#config/billing'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { auditPayments, type PaymentsProof } from '#billing/audit/audit_payments'
import { printJson } from '#foundation/cli/print_list'

/** Exit code: the ledger is not what the chain says. */
const DIFFERENT = 4

export default class PaymentsAudit extends LongRunningCommand {
  static commandName = 'payments:audit'
  static description = 'Prove from the chain that what was received is what was credited'
  static help = [
    'Reckons what every address has received, from its balance and its own',
    'transactions, and compares every row of the ledger with it: payments, what',
    'left, addresses by the xpub, quotes, and the time that was bought. What came',
    'in since the last look of scan:payments is a difference: run',
    '`scan:payments --once` first.',
    '```',
    '{{ binaryName }} payments:audit',
    '{{ binaryName }} payments:audit --json',
    '```',
    'Exit codes: 0 it holds, 1 failed, 4 something differs.',
  ]

  @flags.boolean({ description: 'Print the proof as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async work() {
    await withEndpoints(billingConfig, systemClock, async (endpoints) => {
      const proof = await auditPayments({ ...billingConfig, endpoints })
      const holds = proof.differences.length === 0 && proof.plans.length === 0
      if (this.json) {
        printJson({ holds, ...proof })
      } else {
        this.#print(proof, holds)
      }
      this.exitCode = holds ? 0 : DIFFERENT
    })
  }

  #print({ block, addresses, differences, plans, ...sums }: PaymentsProof, holds: boolean) {
    const lines: [string, string | number][] = [
      ['final block', block],
      ['addresses', addresses],
      ['received', `${formatEther(BigInt(sums.received))} BNB`],
      ['credited', `${formatEther(BigInt(sums.credited))} BNB`],
      ['unassigned', `${formatEther(BigInt(sums.unassigned))} BNB`],
    ]
    if (sums.taken_by_code !== '0') {
      lines.push(['taken by code', `${formatEther(BigInt(sums.taken_by_code))} BNB, by the ledger`])
    }
    for (const [name, value] of lines) {
      print(`${name.padEnd(14)}${value}\n`)
    }
    for (const { address, difference } of differences) {
      print(`${address}: ${difference}\n`)
    }
    for (const { user_id: id, difference } of plans) {
      print(`user ${id}: ${difference}\n`)
    }
    print(holds ? 'It holds.\n' : 'It does not hold.\n')
  }
}
