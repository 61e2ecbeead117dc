import { flags } from '@adonisjs/core/ace'
import retentionConfig from '#config/retention'
import scannerConfig from '#config/scanner'
import activeSources from '#start/sources'
import { systemClock } from '#foundation/clock'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import { ProgressPrinter } from '#foundation/cli/progress'
import { Backfill, type BackfillProgress } from '#collectors/evm/backfill'
import { chooseSources, finalizedRange } from '#collectors/evm/backfill_request'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import { GraduationPoolLookUp } from '#collectors/evm/graduation_pools'
import { Maintenance } from '#collectors/evm/maintenance'
import { followEvmChain } from '#collectors/evm/follow_evm_chain'
import { TokenDetailsLookUp } from '#collectors/evm/token_details'

/** Exit codes: blocks could not be read; a person cut the work short (128 + SIGINT). */
const INCOMPLETE = 3
const CUT_SHORT = 130

export default class ScanChain extends LongRunningCommand {
  static commandName = 'scan:chain'
  static description = 'Read the chain and store launches, pools and trades'
  static help = [
    'Follows the chain of BSC_RPC_URL from where it stopped, until it is told to',
    'stop. With --from it reads a stretch of history beside whatever follows the',
    'head, and ends.',
    '```',
    '{{ binaryName }} scan:chain',
    '{{ binaryName }} scan:chain --once',
    '{{ binaryName }} scan:chain --from=70000000 --to=70100000 --source=four',
    '{{ binaryName }} scan:chain --from=70000000 --dry-run --json',
    '```',
    'Exit codes: 0 done, 1 refused or failed, 3 some blocks could not be read,',
    '130 cut short.',
  ]

  @flags.number({ description: 'First block of a backfill' })
  declare from?: number

  @flags.number({ description: 'Last block of a backfill [default: the finalized block]' })
  declare to?: number

  @flags.array({ description: 'Read only this source in a backfill; may be repeated' })
  declare source?: string[]

  @flags.boolean({ description: 'Read up to the head once and end' })
  declare once?: boolean

  @flags.boolean({ description: 'In a backfill: read and count, store nothing' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'In a backfill: print the result as JSON on stdout' })
  declare json?: boolean

  /** A backfill has its own cursor and ends by itself. */
  protected get beatsAs() {
    if (this.from !== undefined) return null
    return this.once ? 'scan:chain --once' : 'scan:chain'
  }

  async work(signal: AbortSignal) {
    const { from } = this
    if (from !== undefined) {
      return withEndpoints(scannerConfig, systemClock, (endpoints) =>
        this.#backfill(endpoints, from, signal)
      )
    }
    if (this.to !== undefined || this.source || this.dryRun || this.json) {
      throw new OperatorError(
        '--to, --source, --dry-run and --json belong to a backfill: add --from'
      )
    }
    return withEndpoints(scannerConfig, systemClock, (endpoints) => this.#follow(endpoints, signal))
  }

  async #follow(endpoints: EndpointPool, signal: AbortSignal) {
    this.endpoints = endpoints
    const logger = await this.app.container.make('logger')
    const options = {
      ...scannerConfig,
      records: retentionConfig.scanning,
      endpoints,
      sources: activeSources(),
      clock: systemClock,
      logger,
    }
    const follower = followEvmChain(options)

    if (this.once) {
      return follower.once(signal)
    }
    const lookUps = [new TokenDetailsLookUp(options), new GraduationPoolLookUp(options)]
    const maintenance = new Maintenance(options)
    const loops = [
      () => follower.run(signal),
      ...lookUps.map((lookUp) => () => lookUp.run(signal)),
      () => maintenance.run(signal, () => follower.isActive),
    ]
    await Promise.all(loops.map((loop) => outlastFaults(loop, options, signal)))
  }

  async #backfill(endpoints: EndpointPool, from: number, signal: AbortSignal) {
    const range = await finalizedRange(endpoints, from, this.to)
    const logger = await this.app.container.make('logger')
    const backfill = new Backfill({
      ...scannerConfig,
      ...range,
      endpoints,
      sources: chooseSources(activeSources(), this.source),
      isDryRun: this.dryRun ?? false,
      clock: systemClock,
      logger,
    })

    const printer = new ProgressPrinter(systemClock)
    for await (const progress of backfill.run(signal)) {
      printer.show(backfill.describe(progress))
    }
    printer.finish(backfill.describe(backfill.progress))
    this.#conclude(backfill.progress)
  }

  #conclude({ from, to, block, stored, unreadable }: BackfillProgress) {
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ from, to, block, ...stored, unreadable })}\n`)
    }
    if (unreadable > 0) {
      process.stderr.write(
        `${unreadable} blocks could not be read; they are kept as gaps and tried again.\n`
      )
      this.exitCode = INCOMPLETE
    }
    if (block < to) {
      process.stderr.write(
        `Stopped at block ${block} of ${to}. The same command goes on from there.\n`
      )
      this.exitCode = CUT_SHORT
    }
  }
}
