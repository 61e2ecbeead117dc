import { flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import retentionConfig from '#config/retention'
import scannerConfig from '#config/scanner'
import activeSources from '#start/sources'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { TablePruner } from '#foundation/db/retention'
import { OperatorError } from '#foundation/errors'
import { Audit } from '#collectors/evm/audit'
import { waitInWords } from '#collectors/evm/audit_patience'
import { auditWindow } from '#collectors/evm/audit_scope'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { auditExitCode, auditLines, auditProof } from '#views/audit_proof'
import { printJson } from '#foundation/cli/print_list'

export default class ScanAudit extends LongRunningCommand {
  static commandName = 'scan:audit'
  static description = 'Read finalized blocks again and prove that nothing was missed'
  static help = [
    'Compares the logs of the last hours with what is stored, repairs what',
    'differs, and prints the proof.',
    '```',
    '{{ binaryName }} scan:audit --hours=24',
    '{{ binaryName }} scan:audit --hours=1 --json',
    '```',
    'A fact is taken back only on proof, and nothing is when that were more than',
    '--limit percent [default: SCAN_RETRACT_LIMIT]. Endpoints that limit requests are',
    'waited for, two minutes in all.',
    'Exit codes: 0 it holds, 1 refused or failed, 3 some blocks could not be',
    'checked, 4 something differed and is repaired, 5 stopped: too much would',
    'have been taken back.',
  ]

  @flags.number({ description: 'How far back to go, in hours', default: 24 })
  declare hours: number

  @flags.number({
    description: 'Most of the stored facts that may be taken back, in percent',
  })
  declare limit?: number

  @flags.boolean({ description: 'Print the proof as JSON on stdout' })
  declare json?: boolean

  async work(signal: AbortSignal) {
    await withEndpoints(scannerConfig, systemClock, (endpoints) => this.#audit(endpoints, signal))
    await new TablePruner(retentionConfig.scanning, systemClock).prune(signal)
  }

  async #audit(endpoints: EndpointPool, signal: AbortSignal) {
    const { limit = scannerConfig.largestShare * 100 } = this
    if (!(limit >= 0 && limit <= 100)) {
      throw new OperatorError('--limit is a share in percent: a number from 0 to 100')
    }
    const window = await auditWindow(endpoints, scannerConfig.chainId, this.hours)
    const audit = new Audit({
      ...scannerConfig,
      endpoints,
      sources: activeSources(),
      largestShare: limit / 100,
      clock: systemClock,
      onWait: (...wait) => printAside(`${waitInWords(...wait)}\n`),
    })
    const result = await audit.run(window.from, window.to, signal)
    if (this.json) printJson(auditProof(result))
    else print(`${auditLines(result).join('\n')}\n`)
    this.exitCode = auditExitCode(result)
  }
}
