import { flags } from '@adonisjs/core/ace'
import scannerConfig from '#config/scanner'
import sources from '#config/sources'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/long_running_command'
import { Audit } from '#scanner/audit'
import { auditWindow } from '#scanner/audit_window'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { withEndpoints } from '#foundation/rpc/with_endpoints'

/** Exit codes: the stored facts differed from the chain; blocks could not be compared. */
const DIFFERENT = 4
const INCOMPLETE = 3

export default class ScanAudit extends LongRunningCommand {
  static commandName = 'scan:audit'
  static description = 'Read finalized blocks again and prove that nothing was missed'
  static help = [
    'Compares the logs of the last hours with what is stored, repairs what differs, and prints the proof.',
    '```',
    '{{ binaryName }} scan:audit --hours=24',
    '{{ binaryName }} scan:audit --hours=1 --json',
    '```',
    'Exit codes: 0 it holds, 1 refused or failed, 3 some blocks could not be read, 4 something differed.',
  ]

  @flags.number({ description: 'How far back to go, in hours', default: 24 })
  declare hours: number

  @flags.boolean({ description: 'Print the proof as JSON on stdout' })
  declare json?: boolean

  async work() {
    await withEndpoints(scannerConfig, systemClock, (endpoints) => this.#audit(endpoints))
  }

  async #audit(endpoints: EndpointPool) {
    const window = await auditWindow(endpoints, scannerConfig.chainId, this.hours)
    const audit = new Audit({ ...scannerConfig, endpoints, sources, clock: systemClock })
    const result = await audit.run(window.from, window.to)
    const holds = result.missing + result.phantom + result.unreadable === 0

    if (this.json) {
      process.stdout.write(`${JSON.stringify({ holds, ...result })}\n`)
    } else {
      this.#print(result, holds)
    }
    this.exitCode = result.missing + result.phantom > 0 ? DIFFERENT : holds ? 0 : INCOMPLETE
  }

  #print(result: Awaited<ReturnType<Audit['run']>>, holds: boolean) {
    const lines: [string, string | number][] = [
      ['blocks covered', `${result.fromBlock} to ${result.toBlock}`],
      ['logs on the chain', result.logsOnChain],
      ['facts stored', result.factsStored],
      ['missing', result.missing],
      ['phantom', result.phantom],
      ['repaired', result.repaired],
      ['blocks unreadable', result.unreadable],
    ]
    for (const [name, value] of lines) {
      process.stdout.write(`${name.padEnd(20)}${value}\n`)
    }
    process.stdout.write(holds ? 'It holds.\n' : 'It does not hold.\n')
  }
}
