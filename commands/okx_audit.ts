import { args } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import type OkxAuditRow from '#models/okx_audit'
import { auditAccount } from '#collectors/okx/audit/audit_account'
import { activeAccount, recoveringAccount } from '#collectors/okx/recovering_account'
import { okxVenues } from '#start/okx'

/** Exit code: something is missing. */
const INCOMPLETE = 3

export default class OkxAudit extends LongRunningCommand {
  static commandName = 'okx:audit'
  static description = 'Check that nothing is missing of an account at OKX, and read it again'
  static help = [
    'In each currency the bills have to form a sum, and every trade needs its bill and its execution.',
    'What is missing is read again. scan:okx does the same every hour.',
    '```',
    '{{ binaryName }} okx:audit 3',
    '```',
    'Exit codes: 0 complete, 1 refused or failed, 3 something is missing.',
  ]

  @args.string({ description: 'The number of the account (okx:account list)' })
  declare account: string

  async work(signal: AbortSignal) {
    const account = await activeAccount(this.account)
    const onFault = (error: Error) => printAside(`${error.message}\n`)
    const recovering = await recoveringAccount(okxVenues(), account, onFault, signal)
    const audits = await auditAccount(recovering, account)
    print(audits.map((audit) => `${line(audit)}\n`).join(''))
    if (audits.some(({ verdict }) => verdict === 'holes')) this.exitCode = INCOMPLETE
  }
}

function line({ ccy, mode, verdict, completeBill, completeTime, bills, detail }: OkxAuditRow) {
  const time = completeTime === null ? '-' : new Date(completeTime).toISOString()
  const until = `complete up to bill ${completeBill ?? '-'}, ${time}`
  const report = mode === 'report' ? ' (report: the sum is not known to hold in this mode)' : ''
  return `${ccy}: ${verdict}, ${until}; ${bills} bills${report}${detail ? `; ${detail}` : ''}`
}
